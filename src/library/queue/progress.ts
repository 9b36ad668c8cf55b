import type { RecordingStatus } from '#shared/domain/recording.ts';

export type Working = Extract<RecordingStatus, { kind: 'working' }>;

/** Reading is a small part of the work; this share of the whole is close enough for a bar. */
const readingShare = 0.15;
/** Told at most ten times a second: more is wasted on a bar. */
const leastMsBetween = 100;
/** Before that, what has been done says too little about what is left. */
const leastMs = 500;
const leastFraction = 0.02;

export interface ProgressMeter {
  /** @param fraction of this stage, 0 to 1 */
  readonly advance: (stage: Working['stage'], fraction: number) => void;
}

/**
 * Turns the fractions of both stages into the status of a recording.
 *
 * @param tell told when a stage begins, and then at most ten times a second
 * @param now milliseconds of a clock that never jumps
 */
export function createProgressMeter(
  tell: (status: Working) => void,
  now: () => number,
): ProgressMeter {
  const startedAt = now();
  let last: { readonly stage: Working['stage']; readonly at: number } | undefined;
  return {
    advance: (stage, stageFraction) => {
      const at = now();
      if (stage === last?.stage && at - last.at < leastMsBetween) return;
      last = { stage, at };
      const fraction =
        stage === 'reading'
          ? readingShare * stageFraction
          : readingShare + (1 - readingShare) * stageFraction;
      const secondsLeft = estimateSecondsLeft(fraction, at - startedAt);
      tell({ kind: 'working', stage, fraction, secondsLeft });
    },
  };
}

function estimateSecondsLeft(fraction: number, elapsedMs: number): number | null {
  if (fraction < leastFraction || elapsedMs < leastMs) return null;
  return (elapsedMs / 1000) * ((1 - fraction) / fraction);
}
