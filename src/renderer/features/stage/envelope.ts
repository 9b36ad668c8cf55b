import type { Peaks } from '#shared/domain/peaks.ts';

type Outline = Pick<Peaks, 'minima' | 'maxima'>;

/** The outline of blocks in so many columns, each from the lowest to the highest of its blocks. */
export function envelope({ minima, maxima }: Outline, columns: number): Outline {
  const blocks = maxima.length;
  const lows = new Float32Array(columns);
  const highs = new Float32Array(columns);
  for (let column = 0; column < columns; column += 1) {
    const first = Math.floor((column / columns) * blocks);
    const end = Math.max(first + 1, Math.floor(((column + 1) / columns) * blocks));
    // Plain comparisons: two hours have a million blocks.
    let low = 0;
    let high = 0;
    for (let block = first; block < end; block += 1) {
      const least = minima[block] ?? 0;
      const most = maxima[block] ?? 0;
      if (least < low) low = least;
      if (most > high) high = most;
    }
    lows[column] = low;
    highs[column] = high;
  }
  return { minima: lows, maxima: highs };
}

const step = 4;
/** No level needs fewer: as many are drawn in no time. */
const few = 1000;

/** The same peaks in blocks of 1, 4, 16, ... of their own, so that hours are drawn by looking at a few thousand. */
export function peakLevels(peaks: Peaks): readonly Peaks[] {
  const levels = [peaks];
  for (let finest = peaks; finest.maxima.length > few;) {
    finest = coarser(finest);
    levels.push(finest);
  }
  return levels;
}

function coarser({ samplesPerBlock, minima, maxima }: Peaks): Peaks {
  const blocks = Math.ceil(maxima.length / step);
  const lows = new Float32Array(blocks);
  const highs = new Float32Array(blocks);
  for (let index = 0; index < maxima.length; index += 1) {
    const block = Math.floor(index / step);
    const least = minima[index] ?? 0;
    const most = maxima[index] ?? 0;
    if (least < (lows[block] ?? 0)) lows[block] = least;
    if (most > (highs[block] ?? 0)) highs[block] = most;
  }
  return { samplesPerBlock: samplesPerBlock * step, minima: lows, maxima: highs };
}
