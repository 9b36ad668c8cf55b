const tables = new Map<string, Float64Array>();

/**
 * The table of the discrete cosine transform that Meyda uses for MFCC: row-major `[coefficients, bands]`,
 * `2 cos(pi k (n + 1/2) / bands)`. It is a DCT-II, doubled, and not orthonormal.
 */
export function cosineTable(coefficients: number, bands: number): Float64Array {
  const key = `${coefficients} ${bands}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const table = new Float64Array(coefficients * bands);
  for (let k = 0; k < coefficients; k += 1) {
    for (let n = 0; n < bands; n += 1) {
      table[k * bands + n] = 2 * Math.cos((Math.PI * k * (n + 0.5)) / bands);
    }
  }
  tables.set(key, table);
  return table;
}
