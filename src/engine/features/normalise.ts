import { spectralColumns } from './layout.ts';
import { rowsOf, type Matrix } from './matrix.ts';
import type { FeatureSettings } from './settings.ts';
import type { Statistics } from './statistics.ts';

/**
 * Shaped features less their mean and, where the settings say so, over their standard deviation. A value
 * that does not exist (NaN) becomes 0, the mean.
 */
export function normalise(
  settings: FeatureSettings,
  { rows, columns, data }: Matrix,
  statistics: Statistics,
): Matrix {
  const scales = columnScales(settings, statistics);
  const normalised = new Float32Array(data.length);
  for (let row = 0; row < rows; row += 1) {
    const at = row * columns;
    for (let column = 0; column < columns; column += 1) {
      const value = data[at + column] ?? NaN;
      const deviation = value - (statistics.means[column] ?? 0);
      normalised[at + column] = Number.isNaN(value) ? 0 : deviation * (scales[column] ?? 1);
    }
  }
  return rowsOf(normalised, columns);
}

function columnScales(settings: FeatureSettings, statistics: Statistics): Float64Array {
  const { counts, means, squares } = statistics;
  return counts.map((count, column) => {
    if (settings.normalisation === 'mean' || count === 0) return 1;
    const variance = (squares[column] ?? 0) / count;
    return 1 / Math.sqrt(variance + leastDeviation(settings, column, means[column] ?? 0) ** 2);
  });
}

/**
 * Added to the standard deviation (as a variance), so that a column with nothing in it - a mel band above
 * the range of a telephone, a pitch voiced once - stays near zero instead of having its rounding errors
 * blown up to the size of speech. A tenth of a neper (0.4 dB) for a band, as much in all bands at once for
 * a cepstral coefficient (whose transform has the gain sqrt(2 bands)), a thousandth of anything else.
 */
function leastDeviation(settings: FeatureSettings, column: number, mean: number): number {
  const { kind, bands } = settings.spectrum;
  if (column >= spectralColumns(settings)) return Math.max(1e-3 * Math.abs(mean), Number.EPSILON);
  return kind === 'log-mel' ? 0.1 : 0.1 * Math.sqrt(2 * bands);
}
