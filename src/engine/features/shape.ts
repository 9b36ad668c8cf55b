import { cosineTable } from './dct.ts';
import { descriptors } from './descriptors.ts';
import { rawLayout, spectralColumns } from './layout.ts';
import { gainToReference, type Level } from './level.ts';
import { rowsOf, type Matrix } from './matrix.ts';
import type { FeatureSettings } from './settings.ts';

/**
 * Raw rows as Meyda would give them for the same sound at the reference level: log mel bands or MFCC, then
 * descriptors, then pitch. Multiplying the sound by a gain multiplies `level` too and changes nothing here.
 * Values that do not exist (the pitch of an unvoiced row) are NaN.
 */
export function shapeFeatures(settings: FeatureSettings, raw: Matrix, level: Level): Matrix {
  const { bandsAt, descriptorsAt, pitchAt } = rawLayout(settings);
  const gain = gainToReference(level, settings.range);
  const factors = settings.descriptors.map((name) => gain ** descriptors[name].gainExponent);
  const spectral = spectralColumns(settings);
  const columns = spectral + raw.columns - descriptorsAt;
  const data = new Float32Array(raw.rows * columns);
  const logs = new Float64Array(settings.spectrum.bands);

  for (let row = 0; row < raw.rows; row += 1) {
    const from = row * raw.columns;
    const to = row * columns;
    for (let band = 0; band < logs.length; band += 1) {
      logs[band] = Math.log(1 + gain * gain * (raw.data[from + bandsAt + band] ?? 0));
    }
    if (settings.spectrum.kind === 'log-mel') data.set(logs, to);
    else cepstrum(logs, data, to, spectral);
    for (let index = 0; index < factors.length; index += 1) {
      const value = raw.data[from + descriptorsAt + index] ?? NaN;
      data[to + spectral + index] = value * (factors[index] ?? 1);
    }
    for (let column = pitchAt; column < raw.columns; column += 1) {
      data[to + spectral + column - descriptorsAt] = raw.data[from + column] ?? NaN;
    }
  }
  return rowsOf(data, columns);
}

function cepstrum(logs: Float64Array, data: Float32Array, at: number, coefficients: number): void {
  const bands = logs.length;
  const table = cosineTable(coefficients, bands);
  for (let order = 0; order < coefficients; order += 1) {
    let sum = 0;
    for (let band = 0; band < bands; band += 1) {
      sum += (logs[band] ?? 0) * (table[order * bands + band] ?? 0);
    }
    data[at + order] = sum;
  }
}
