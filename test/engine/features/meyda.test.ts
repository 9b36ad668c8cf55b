import Meyda, { type MeydaAudioFeature, type MeydaFeaturesObject } from 'meyda';
import { describe, expect, it } from 'vitest';
import { descriptorNames } from '#engine/features/descriptors.ts';
import { extractFeatures } from '#engine/features/extract.ts';
import { gainToReference, measureLevel } from '#engine/features/level.ts';
import type { Matrix } from '#engine/features/matrix.ts';
import { melFilters } from '#engine/features/mel.ts';
import { type FeatureSettings, defaultFeatureSettings } from '#engine/features/settings.ts';
import { shapeFeatures } from '#engine/features/shape.ts';
import { emodbClips } from '../../support/emodb.ts';

const clips = emodbClips();

function settingsWith(spectrum: FeatureSettings['spectrum']): FeatureSettings {
  return { ...defaultFeatureSettings, stride: 1, spectrum, descriptors: descriptorNames };
}

/** Meyda.extract on every frame; the rows are its numbers in the order of our columns. */
function byMeyda(samples: Float32Array, settings: FeatureSettings): readonly number[][] {
  const { spectrum, descriptors } = settings;
  Object.assign(Meyda, {
    sampleRate: 16_000,
    bufferSize: 512,
    melBands: spectrum.bands,
    // More coefficients than bands would silently give more bands.
    numberOfMFCCCoefficients: spectrum.kind === 'mfcc' ? spectrum.coefficients : 1,
  });
  const spectral = spectrum.kind === 'mfcc' ? 'mfcc' : 'melBands';
  const wanted: MeydaAudioFeature[] = [spectral, ...descriptors];
  const frames = Math.floor((samples.length - 512) / 160) + 1;
  return Array.from({ length: frames }, (_, frame) => {
    const found = Meyda.extract(wanted, samples.slice(frame * 160, frame * 160 + 512));
    return wanted.flatMap((name) => numbersOf((found ?? {}) as MeydaFeaturesObject, name));
  });
}

function numbersOf(found: Partial<Record<MeydaAudioFeature, unknown>>, name: MeydaAudioFeature) {
  const value = found[name];
  if (name === 'loudness') return [(value as MeydaFeaturesObject['loudness']).total];
  return Array.isArray(value) ? (value as number[]) : [value as number];
}

/**
 * The largest difference in any column, as a share of the largest magnitude that Meyda's column reaches in
 * the clip: some values (skewness, cepstra) pass through zero, where a difference relative to the value
 * itself means nothing.
 */
function worstDifference(ours: Matrix, theirs: readonly number[][]): number {
  let worst = 0;
  for (let column = 0; column < ours.columns; column += 1) {
    const reference = theirs.map((row) => row[column] ?? NaN);
    const scale = Math.max(...reference.map(Math.abs));
    const differences = reference.map((value, row) =>
      Math.abs((ours.data[row * ours.columns + column] ?? NaN) - value),
    );
    worst = Math.max(worst, Math.max(...differences) / scale);
  }
  return worst;
}

describe('the batch extractor gives the numbers of Meyda.extract', () => {
  const spectra: readonly FeatureSettings['spectrum'][] = [
    { kind: 'log-mel', bands: 26 },
    { kind: 'log-mel', bands: 56 },
    { kind: 'mfcc', bands: 26, coefficients: 13 },
    { kind: 'mfcc', bands: 40, coefficients: 40 },
  ];

  it.each(spectra)('for sound brought to the reference level: %o', async (spectrum) => {
    const settings = settingsWith(spectrum);
    for (const { samples } of clips) {
      const raw = await extractFeatures(samples, settings);
      const level = measureLevel(raw);
      const gain = gainToReference(level, settings.range);
      const theirs = byMeyda(
        samples.map((sample) => sample * gain),
        settings,
      );
      const ours = shapeFeatures(settings, raw, level);
      expect(ours.rows).toBe(theirs.length);
      expect(ours.columns).toBe(theirs[0]?.length);
      expect(worstDifference(ours, theirs)).toBeLessThan(1e-4);
    }
  });

  it('for sound as it is', async () => {
    const settings = settingsWith({ kind: 'log-mel', bands: 40 });
    for (const { samples } of clips) {
      const raw = await extractFeatures(samples, settings);
      const bands = settings.spectrum.bands;
      // Column 0 is the level; Meyda's melBands are the logarithm of one more than the band.
      const data = raw.data
        .filter((_, index) => index % raw.columns > 0)
        .map((value, index) => (index % (raw.columns - 1) < bands ? Math.log(1 + value) : value));
      const ours = { rows: raw.rows, columns: raw.columns - 1, data };
      expect(worstDifference(ours, byMeyda(samples, settings))).toBeLessThan(1e-4);
    }
  });

  it('NaN in digital silence included', async () => {
    const settings = settingsWith({ kind: 'log-mel', bands: 26 });
    const silence = new Float32Array(512);
    const raw = await extractFeatures(silence, settings);
    const ours = shapeFeatures(settings, raw, measureLevel(raw));
    expect([...ours.data]).toEqual(byMeyda(silence, settings)[0]?.map(Math.fround));
  });
});

describe('the mel bands that settings allow', () => {
  const seesAnything = (bands: number) =>
    melFilters(bands).every(({ start, weights }) =>
      weights.some((weight, index) => weight > 0 && start + index > 0),
    );

  it('each cover a bin above the constant part of the frame', () => {
    const allowed = Array.from({ length: 49 }, (_, index) => 10 + index);
    expect(allowed.filter((bands) => !seesAnything(bands))).toEqual([]);
  });

  it('end where the first one would cover nothing else', () => {
    expect(seesAnything(59)).toBe(false);
  });
});
