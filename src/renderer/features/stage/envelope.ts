import type { Peaks } from '#shared/domain/peaks.ts';

/** The outline of a whole recording in `columns` columns: `[minima, maxima]`, -1 to 1. */
export function envelope(
  peaks: Peaks,
  columns: number,
): readonly [minima: Float32Array, maxima: Float32Array] {
  const minima = new Float32Array(columns);
  const maxima = new Float32Array(columns);
  const blocks = peaks.maxima.length;
  for (let column = 0; column < columns; column += 1) {
    const first = Math.floor((column / columns) * blocks);
    const end = Math.max(first + 1, Math.floor(((column + 1) / columns) * blocks));
    let low = 0;
    let high = 0;
    for (let block = first; block < end; block += 1) {
      low = Math.min(low, peaks.minima[block] ?? 0);
      high = Math.max(high, peaks.maxima[block] ?? 0);
    }
    minima[column] = low;
    maxima[column] = high;
  }
  return [minima, maxima];
}
