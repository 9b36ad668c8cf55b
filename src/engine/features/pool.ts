import type { Matrix } from './matrix.ts';

/**
 * Averages each `stride` rows of `from` (the last group may be smaller) into one row of `to`, from
 * column `column` of its `columns` on. NaN stands for "not there" and is left out of the average.
 */
export function averageRows(
  from: Matrix,
  stride: number,
  to: Float32Array,
  column: number,
  columns: number,
): void {
  for (let group = 0; group * stride < from.rows; group += 1) {
    const end = Math.min((group + 1) * stride, from.rows);
    for (let index = 0; index < from.columns; index += 1) {
      let sum = 0;
      let count = 0;
      for (let row = group * stride; row < end; row += 1) {
        const value = from.data[row * from.columns + index] ?? NaN;
        if (Number.isNaN(value)) continue;
        sum += value;
        count += 1;
      }
      to[group * columns + column + index] = sum / count;
    }
  }
}
