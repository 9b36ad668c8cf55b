import { rowsOf, type Matrix } from './matrix.ts';

/** Rows looked at on either side of a row for each order of derivative. */
const reach = 2;
/** 2 (1^2 + 2^2), the denominator of the regression. */
const norm = 10;

/** Rows of context that make the derivatives of a block independent of where the block begins and ends. */
export function deltaContext(deltas: number): number {
  return reach * deltas;
}

/** Rows `[start, end)` of a matrix. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The rows `range` of `features` (all by default) with their first `deltas` time derivatives appended:
 * regression over two rows on either side, the first and last row repeated at the ends of `features`
 * (Young et al., The HTK Book 3.4, section 5.6). Who works on blocks of a long recording passes
 * `deltaContext(deltas)` more rows on each side, as far as there are any, and asks for the block by
 * `range`: the result is that of the whole recording.
 */
export function appendDeltas(
  features: Matrix,
  deltas: number,
  range: RowRange = { start: 0, end: features.rows },
): Matrix {
  const orders = [features];
  for (let order = 1; order <= deltas; order += 1) {
    orders.push(derivative(orders[order - 1] ?? features));
  }
  const { columns } = features;
  const width = columns * orders.length;
  const data = new Float32Array((range.end - range.start) * width);
  orders.forEach((matrix, order) => {
    for (let row = range.start; row < range.end; row += 1) {
      const from = matrix.data.subarray(row * columns, (row + 1) * columns);
      data.set(from, (row - range.start) * width + order * columns);
    }
  });
  return rowsOf(data, width);
}

function derivative({ rows, columns, data }: Matrix): Matrix {
  const slopes = new Float32Array(data.length);
  const rowAt = (row: number) => Math.min(Math.max(row, 0), rows - 1) * columns;
  for (let row = 0; row < rows; row += 1) {
    const [before2, before1] = [rowAt(row - 2), rowAt(row - 1)];
    const [after1, after2] = [rowAt(row + 1), rowAt(row + 2)];
    for (let column = 0; column < columns; column += 1) {
      const near = (data[after1 + column] ?? 0) - (data[before1 + column] ?? 0);
      const far = (data[after2 + column] ?? 0) - (data[before2 + column] ?? 0);
      slopes[row * columns + column] = (near + 2 * far) / norm;
    }
  }
  return rowsOf(slopes, columns);
}
