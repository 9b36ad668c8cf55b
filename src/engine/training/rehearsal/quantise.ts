import { rowsOf, type Matrix } from '#engine/features/matrix.ts';

/**
 * Raw features in one byte a value. Powers and amplitudes, which span many orders of magnitude, are stored
 * by their logarithm; a model sees their logarithm too, and half a step (0.07 neper over the range of
 * speech) is less than what one frame of the same sound differs from the next by.
 */
export interface Quantised {
  /** Of each column; those of positive columns are logarithms. */
  readonly lowest: readonly number[];
  readonly step: readonly number[];
  /** Row-major. */
  readonly bytes: Uint8Array;
}

/** What does not exist (NaN, the pitch of an unvoiced row) has a code of its own. */
const missing = 255;
const levels = 254;
const silence = 1e-12;

/** @param positive how many columns, from the first on, hold powers or amplitudes */
export function quantise({ rows, columns, data }: Matrix, positive: number): Quantised {
  const values = data.map((value, index) =>
    index % columns < positive ? Math.log(Math.max(value, silence)) : value,
  );
  const lowest: number[] = [];
  const step: number[] = [];
  for (let column = 0; column < columns; column += 1) {
    const [low, high] = rangeOf(values, column, columns);
    lowest.push(low);
    step.push((high - low) / levels);
  }
  const bytes = new Uint8Array(rows * columns);
  for (const [index, value] of values.entries()) {
    const column = index % columns;
    const size = step[column] ?? 0;
    const place = size === 0 ? 0 : Math.round((value - (lowest[column] ?? 0)) / size);
    bytes[index] = Number.isNaN(value) ? missing : place;
  }
  return { lowest, step, bytes };
}

export function restore({ lowest, step, bytes }: Quantised, positive: number): Matrix {
  const columns = lowest.length;
  const data = new Float32Array(bytes.length);
  for (const [index, code] of bytes.entries()) {
    const column = index % columns;
    const value = (lowest[column] ?? 0) + code * (step[column] ?? 0);
    if (code === missing) data[index] = NaN;
    else data[index] = column < positive ? Math.exp(value) : value;
  }
  return rowsOf(data, columns);
}

/** Smallest and largest value of a column; 0 and 0 where it has none. */
function rangeOf(values: Float32Array, column: number, columns: number): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let at = column; at < values.length; at += columns) {
    const value = values[at] ?? NaN;
    if (Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low > high ? [0, 0] : [low, high];
}
