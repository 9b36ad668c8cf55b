import { describe, expect, it } from 'vitest';
import { extractFeatures } from '#engine/features/extract.ts';
import { featureNames } from '#engine/features/layout.ts';
import { modelInput } from '#engine/features/model-input.ts';
import { measureProfile } from '#engine/features/profile.ts';
import {
  type FeatureSettings,
  defaultFeatureSettings,
  featureSettings,
  hashFeatureSettings,
} from '#engine/features/settings.ts';
import { whiteNoise } from '../../support/sound.ts';

describe('feature settings', () => {
  it.each([
    ['an unknown field', { colour: 'red' }],
    ['another sample rate', { sampleRate: 48_000 }],
    ['a future version', { version: 2 }],
    ['so many bands that one is empty', { spectrum: { kind: 'log-mel', bands: 59 } }],
    ['more coefficients than bands', { spectrum: { kind: 'mfcc', bands: 20, coefficients: 21 } }],
    ['a descriptor that Meyda does not have', { descriptors: ['jitter'] }],
    ['a descriptor twice', { descriptors: ['rms', 'rms'] }],
    ['third derivatives', { deltas: 3 }],
  ])('refuse %s', (_what, change) => {
    expect(featureSettings.safeParse({ ...defaultFeatureSettings, ...change }).success).toBe(false);
  });

  it('accept the default', () => {
    expect(featureSettings.parse(defaultFeatureSettings)).toEqual(defaultFeatureSettings);
  });

  it('name each number that a model sees', async () => {
    const variants: readonly FeatureSettings[] = [
      { ...defaultFeatureSettings, deltas: 0 },
      { ...defaultFeatureSettings, pitch: true, deltas: 2 },
      {
        ...defaultFeatureSettings,
        spectrum: { kind: 'mfcc', bands: 30, coefficients: 12 },
        descriptors: ['rms', 'spectralCentroid'],
      },
    ];
    for (const settings of variants) {
      const raw = await extractFeatures(whiteNoise(4000), settings);
      const input = modelInput(settings, raw, measureProfile(settings, [{ raw }]));
      expect(new Set(featureNames(settings)).size).toBe(input.columns);
    }
    expect(featureNames({ ...defaultFeatureSettings, pitch: true }).slice(55, 62)).toEqual([
      'log-mel 55',
      'f0',
      'voicing',
      'hnr',
      'h1h2',
      'delta log-mel 0',
      'delta log-mel 1',
    ]);
  });
});

describe('the hash of feature settings', () => {
  it('never changes for the same settings: models on disk hold it', () => {
    const frozen: FeatureSettings = {
      version: 1,
      sampleRate: 16_000,
      frame: 512,
      hop: 160,
      window: 'hann',
      spectrum: { kind: 'mfcc', bands: 40, coefficients: 40 },
      range: 40,
      descriptors: ['rms', 'zcr'],
      pitch: true,
      stride: 2,
      normalisation: 'mean-variance',
      deltas: 1,
    };
    expect(hashFeatureSettings(frozen)).toBe(
      'bf83c99bdf6c989bfed6d1a01a8d05dba7f5bc118944e33b7852eaf36c1e94f1',
    );
  });

  it('does not depend on the order of fields', () => {
    const reversed = Object.fromEntries(Object.entries(defaultFeatureSettings).toReversed());
    expect(hashFeatureSettings(featureSettings.parse(reversed))).toBe(
      hashFeatureSettings(defaultFeatureSettings),
    );
    expect(hashFeatureSettings(reversed as FeatureSettings)).toBe(
      hashFeatureSettings(defaultFeatureSettings),
    );
  });

  it('differs where a setting differs, the order of descriptors included', () => {
    const hashes = [
      defaultFeatureSettings,
      { ...defaultFeatureSettings, stride: 1 },
      { ...defaultFeatureSettings, descriptors: ['rms', 'zcr'] as const },
      { ...defaultFeatureSettings, descriptors: ['zcr', 'rms'] as const },
    ].map(hashFeatureSettings);
    expect(new Set(hashes).size).toBe(4);
  });
});
