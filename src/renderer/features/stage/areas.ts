import type { Track } from '#shared/domain/track.ts';
import { visibleEnd, xOf, type TimeScale } from '../../lib/time-scale.ts';

/** One stretch of speech as stacked areas: at `xs[i]`, label `k` reaches from `tops[k - 1][i]` up to `tops[k][i]`. */
export interface AreaRun {
  readonly xs: Float32Array;
  /** One row a label; heights from 0 to 1. */
  readonly tops: readonly Float32Array[];
}

/** Cells narrower than this in pixels are no longer drawn one by one... */
const leastCell = 1.5;
/** ...but in bins about this wide: from afar one looks for the trend, and narrower bins only flicker. */
const farBin = 4;

/**
 * The visible part of a track at the resolution of the screen. Each point stands in the middle of a bin of
 * whole cells and shows the mean of those with speech; a bin with less speech than silence is silent. Bins
 * lie on multiples of their size, so nothing flickers while scrolling.
 */
export function areaRuns(track: Track, scale: TimeScale): readonly AreaRun[] {
  const cellWidth = track.hopSeconds * scale.pxPerSecond;
  const cellsInBin = cellWidth >= leastCell ? 1 : Math.ceil(farBin / cellWidth);
  const binSeconds = cellsInBin * track.hopSeconds;
  const first = Math.max(0, Math.floor(scale.start / binSeconds) - 1);
  const end = Math.min(
    Math.ceil(track.cells / cellsInBin),
    Math.ceil(visibleEnd(scale) / binSeconds) + 1,
  );

  const runs: AreaRun[] = [];
  let open: Float32Array[] = [];
  let openedAt = first;
  const close = (bin: number): void => {
    if (open.length > 0) runs.push(toRun(open, openedAt, bin, binSeconds, scale));
    open = [];
  };
  for (let bin = first; bin < end; bin += 1) {
    const heights = stackedMeans(track, bin * cellsInBin, (bin + 1) * cellsInBin);
    if (!heights) close(bin);
    else {
      if (open.length === 0) openedAt = bin;
      open.push(heights);
    }
  }
  close(end);
  return runs;
}

/** Mean probabilities of the spoken ones of cells `[from, to)`, each added to those before it; null if silent. */
function stackedMeans(track: Track, from: number, to: number): Float32Array | null {
  const labels = track.labels.length;
  const last = Math.min(to, track.cells);
  const heights = new Float32Array(labels);
  // A spoken cell's probabilities add up to one, a silent cell's to nothing: their sum counts the spoken.
  let spoken = 0;
  for (let cell = from; cell < last; cell += 1) {
    for (let label = 0; label < labels; label += 1) {
      const probability = track.probabilities[cell * labels + label] ?? 0;
      heights[label] = (heights[label] ?? 0) + probability;
      spoken += probability;
    }
  }
  if (spoken < (last - from) / 2) return null;
  let sum = 0;
  for (let label = 0; label < labels; label += 1) {
    sum += (heights[label] ?? 0) / spoken;
    heights[label] = sum;
  }
  return heights;
}

/** Points in the middle of the bins, and one more at either edge, so that a run ends where its speech ends. */
function toRun(
  bins: readonly Float32Array[],
  first: number,
  end: number,
  binSeconds: number,
  scale: TimeScale,
): AreaRun {
  const points = bins.length + 2;
  const seconds = (point: number): number => {
    if (point === 0) return first * binSeconds;
    if (point === points - 1) return Math.min(end * binSeconds, scale.duration);
    return Math.min((first + point - 0.5) * binSeconds, scale.duration);
  };
  const labels = bins[0]?.length ?? 0;
  return {
    xs: Float32Array.from({ length: points }, (_, point) => xOf(scale, seconds(point))),
    tops: Array.from({ length: labels }, (_, label) =>
      Float32Array.from({ length: points }, (_, point) => {
        const bin = bins[Math.min(Math.max(point - 1, 0), bins.length - 1)];
        return bin?.[label] ?? 0;
      }),
    ),
  };
}
