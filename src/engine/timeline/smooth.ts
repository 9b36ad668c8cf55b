/**
 * Moving average of the probabilities of neighbouring cells, within one stretch of speech.
 *
 * @param rows one row of label probabilities a cell
 * @param reach cells on either side; fewer at the ends
 */
export function smooth(rows: readonly Float32Array[], reach: number): readonly Float32Array[] {
  return rows.map((_, index) => mean(rows.slice(Math.max(0, index - reach), index + reach + 1)));
}

/** Mean of rows of equal length; of no rows, an empty one. */
export function mean(rows: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(rows[0]?.length ?? 0);
  for (const row of rows) {
    for (const [label, value] of row.entries()) sum[label] = (sum[label] ?? 0) + value;
  }
  return sum.map((value) => value / rows.length);
}
