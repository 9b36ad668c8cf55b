import { formatClock } from '#shared/domain/time.ts';
import { visibleEnd, xOf, type TimeScale } from './time-scale.ts';

export interface Tick {
  readonly x: number;
  /** Empty for the small ticks between two labelled ones. */
  readonly label: string;
}

/** Distance of labelled ticks in seconds, and into how many parts small ticks divide it. */
const steps = [
  [0.01, 5],
  [0.02, 4],
  [0.05, 5],
  [0.1, 5],
  [0.2, 4],
  [0.5, 5],
  [1, 5],
  [2, 4],
  [5, 5],
  [10, 5],
  [15, 3],
  [30, 6],
  [60, 6],
  [120, 4],
  [300, 5],
  [600, 5],
  [900, 3],
  [1800, 6],
  [3600, 6],
  [7200, 4],
  [21_600, 6],
] as const;

/** The ticks of the visible stretch, labels at least `leastGap` pixels apart. */
export function rulerTicks(scale: TimeScale, leastGap = 76): readonly Tick[] {
  const [step, parts] = steps.find(([each]) => each * scale.pxPerSecond >= leastGap) ?? [86_400, 4];
  const small = step / parts;
  const decimals = step < 0.1 ? 2 : step < 1 ? 1 : 0;
  const first = Math.floor(scale.start / small);
  const last = Math.ceil(visibleEnd(scale) / small);
  return Array.from({ length: last - first + 1 }, (_, offset) => {
    const index = first + offset;
    const seconds = index * small;
    return {
      x: xOf(scale, seconds),
      label: index % parts === 0 ? formatClock(seconds, decimals) : '',
    };
  });
}
