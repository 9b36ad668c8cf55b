import { describe, expect, it } from 'vitest';
import { descriptorNames } from '#engine/features/descriptors.ts';
import { extractFeatures } from '#engine/features/extract.ts';
import { levelAt } from '#engine/features/layout.ts';
import { measureLevel } from '#engine/features/level.ts';
import type { Matrix } from '#engine/features/matrix.ts';
import { modelInput } from '#engine/features/model-input.ts';
import { measureProfile } from '#engine/features/profile.ts';
import { type FeatureSettings, defaultFeatureSettings } from '#engine/features/settings.ts';
import { emodbClips } from '../../support/emodb.ts';
import { quantised } from '../../support/sound.ts';

const logMel: FeatureSettings = {
  ...defaultFeatureSettings,
  descriptors: descriptorNames,
  pitch: true,
  deltas: 2,
};
const mfcc: FeatureSettings = {
  ...logMel,
  spectrum: { kind: 'mfcc', bands: 40, coefficients: 40 },
};

/** Rows with at least a fifth of the mean level: it follows the gain, so it marks the same rows. */
function loudRows(raw: Matrix): Uint8Array {
  const { rows, sum } = measureLevel(raw);
  return Uint8Array.from({ length: raw.rows }, (_, row) =>
    (raw.data[row * raw.columns + levelAt] ?? 0) > (0.2 * sum) / rows ? 1 : 0,
  );
}

async function inputOf(samples: Float32Array, settings: FeatureSettings) {
  const raw = await extractFeatures(samples, settings);
  const speech = loudRows(raw);
  return { input: modelInput(settings, raw, measureProfile(settings, [{ raw, speech }])), speech };
}

/** Root mean square difference over the rows of speech; the features have a deviation of about 1. */
async function difference(one: Float32Array, other: Float32Array, settings: FeatureSettings) {
  const a = await inputOf(one, settings);
  const b = await inputOf(other, settings);
  let sum = 0;
  let count = 0;
  a.input.data.forEach((value, index) => {
    if (a.speech[Math.floor(index / a.input.columns)] === 0) return;
    sum += (value - (b.input.data[index] ?? NaN)) ** 2;
    count += 1;
  });
  return Math.sqrt(sum / count);
}

describe.each([
  ['log-mel', logMel],
  ['mfcc', mfcc],
])('what a model sees of the same speech (%s)', (_kind, settings) => {
  const clips = emodbClips().map(({ name, samples }) => [name, samples] as const);

  it.each(clips)('is the same 20 dB quieter in 16 bits: %s', async (_name, samples) => {
    expect(await difference(samples, quantised(samples, 0.1), settings)).toBeLessThan(0.05);
  });

  it.each(clips)('is the same 20 dB louder in 16 bits: %s', async (_name, samples) => {
    // Quieter to begin with, so that the louder one is not cut off at full scale.
    const quiet = quantised(samples, 0.1);
    expect(await difference(quiet, quantised(samples, 1), settings)).toBeLessThan(0.05);
    expect(await difference(quiet, quantised(quiet, 10), settings)).toBeLessThan(1e-3);
  });

  it('is the same to the last digits where only the gain differs', async () => {
    for (const [, samples] of clips) {
      const quieter = samples.map((sample) => sample / 1024);
      expect(await difference(samples, quieter, settings)).toBeLessThan(1e-4);
    }
  });
});
