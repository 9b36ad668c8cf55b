/** Numbers over time: row-major `[rows, columns]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

export function rowsOf(data: Float32Array, columns: number): Matrix {
  return { rows: data.length / columns, columns, data };
}

/** The matrices one under the other; all must have `columns` columns. */
export function stack(parts: readonly Matrix[], columns: number): Matrix {
  const only = parts[0];
  if (parts.length === 1 && only !== undefined) return only;
  const data = new Float32Array(columns * parts.reduce((rows, part) => rows + part.rows, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return rowsOf(data, columns);
}
