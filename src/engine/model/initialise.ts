import seedrandom from 'seedrandom';

/** Uniform in [0, 1). */
export type Random = () => number;

/** The same seed gives the same numbers on every machine and backend. */
export function randomFrom(seed: string): Random {
  return seedrandom(seed);
}

/** Glorot & Bengio 2010: uniform within sqrt(6 / (rows + columns)). Row-major [rows, columns]. */
export function glorotUniform(rows: number, columns: number, random: Random): Float32Array {
  const limit = Math.sqrt(6 / (rows + columns));
  return Float32Array.from({ length: rows * columns }, () => (2 * random() - 1) * limit);
}

/**
 * Orthonormal rows (Saxe et al. 2014), by Gram-Schmidt on normal deviates. Row-major [rows, columns],
 * rows <= columns. TensorFlow.js has the same, slower and with a warning from 2000 elements on.
 */
export function orthogonalRows(rows: number, columns: number, random: Random): Float32Array {
  const done: Float64Array[] = [];
  while (done.length < rows) {
    const row = Float64Array.from({ length: columns }, () => normal(random));
    // Twice, for what rounding leaves over of the other rows the first time.
    for (const other of [...done, ...done]) add(row, other, -dot(row, other));
    add(row, row, 1 / Math.sqrt(dot(row, row)) - 1);
    done.push(row);
  }
  const all = new Float32Array(rows * columns);
  done.forEach((row, index) => {
    all.set(row, index * columns);
  });
  return all;
}

/** An LSTM's bias [4 units]: one for the forget gate, so that it begins by remembering; zero elsewhere. */
export function unitForgetBias(units: number): Float32Array {
  return new Float32Array(4 * units).fill(1, units, 2 * units);
}

/** Box-Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function add(to: Float64Array, from: Float64Array, times: number): void {
  to.forEach((value, index) => {
    to[index] = value + times * (from[index] ?? 0);
  });
}
