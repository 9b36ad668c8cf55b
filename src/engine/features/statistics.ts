import type { SpeechMask } from './level.ts';
import type { Matrix } from './matrix.ts';

/** Mean and variance of each column, in double precision, over the values that are not NaN. */
export interface Statistics {
  readonly counts: Float64Array;
  readonly means: Float64Array;
  /** Sums of squared deviations from the mean. */
  readonly squares: Float64Array;
}

export function noStatistics(columns: number): Statistics {
  return {
    counts: new Float64Array(columns),
    means: new Float64Array(columns),
    squares: new Float64Array(columns),
  };
}

/** Statistics of the rows of speech, or of all rows where nobody says which are. */
export function measureStatistics(features: Matrix, speech?: SpeechMask): Statistics {
  const { counts, means, squares } = noStatistics(features.columns);
  // Two passes, since sums of squares lose their last digits where a mean is large.
  addValues(features, speech, counts, means);
  means.forEach((sum, column) => {
    means[column] = sum / Math.max(1, counts[column] ?? 0);
  });
  addSquares(features, speech, means, squares);
  return { counts, means, squares };
}

function addValues(
  { rows, columns, data }: Matrix,
  speech: SpeechMask | undefined,
  counts: Float64Array,
  sums: Float64Array,
): void {
  for (let row = 0; row < rows; row += 1) {
    if (speech?.[row] === 0) continue;
    for (let column = 0; column < columns; column += 1) {
      const value = data[row * columns + column] ?? NaN;
      if (Number.isNaN(value)) continue;
      counts[column] = (counts[column] ?? 0) + 1;
      sums[column] = (sums[column] ?? 0) + value;
    }
  }
}

function addSquares(
  { rows, columns, data }: Matrix,
  speech: SpeechMask | undefined,
  means: Float64Array,
  squares: Float64Array,
): void {
  for (let row = 0; row < rows; row += 1) {
    if (speech?.[row] === 0) continue;
    for (let column = 0; column < columns; column += 1) {
      const deviation = (data[row * columns + column] ?? NaN) - (means[column] ?? 0);
      if (Number.isNaN(deviation)) continue;
      squares[column] = (squares[column] ?? 0) + deviation * deviation;
    }
  }
}

/** The statistics of both lots of rows together (Chan, Golub and LeVeque 1979). */
export function mergeStatistics(a: Statistics, b: Statistics): Statistics {
  const merged = noStatistics(a.counts.length);
  for (let column = 0; column < a.counts.length; column += 1) {
    const countA = a.counts[column] ?? 0;
    const countB = b.counts[column] ?? 0;
    const count = countA + countB;
    if (count === 0) continue;
    const meanA = a.means[column] ?? 0;
    const difference = (b.means[column] ?? 0) - meanA;
    merged.counts[column] = count;
    merged.means[column] = meanA + (difference * countB) / count;
    merged.squares[column] =
      (a.squares[column] ?? 0) +
      (b.squares[column] ?? 0) +
      (difference * difference * countA * countB) / count;
  }
  return merged;
}
