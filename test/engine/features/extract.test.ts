import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFeatureStream, extractFeatures } from '#engine/features/extract.ts';
import { frameCount, rowCount } from '#engine/features/frames.ts';
import { rawLayout } from '#engine/features/layout.ts';
import { type FeatureSettings, defaultFeatureSettings } from '#engine/features/settings.ts';
import { emodbClips } from '../../support/emodb.ts';
import { whiteNoise } from '../../support/sound.ts';

const everything: FeatureSettings = {
  ...defaultFeatureSettings,
  descriptors: ['zcr', 'spectralFlatness', 'loudness'],
  pitch: true,
};
const samples = emodbClips()[0]?.samples ?? new Float32Array();

describe('a feature stream', () => {
  it('gives the same numbers whatever the pieces that the sound comes in', async () => {
    const whole = new Map(
      await Promise.all(
        [1, 2, 3].map(async (stride) => {
          const features = await extractFeatures(samples, { ...everything, stride });
          return [stride, features.data] as const;
        }),
      ),
    );
    const cuts = fc.array(fc.integer({ min: 0, max: samples.length }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.constantFrom(1, 2, 3), async (at, stride) => {
        const stream = await createFeatureStream({ ...everything, stride });
        const edges = [0, ...at.toSorted((a, b) => a - b), samples.length];
        const parts = edges
          .slice(1)
          .map((end, index) => stream.push(samples.subarray(edges[index], end)));
        const numbers = [...parts, stream.finish()].flatMap(({ data }) => [...data]);
        expect(Float32Array.from(numbers)).toEqual(whole.get(stride));
      }),
      { numRuns: 25 },
    );
  });

  it('does not keep what it has received', async () => {
    const stream = await createFeatureStream(everything);
    const second = whiteNoise(16_000);
    for (let received = 1; received <= 60; received += 1) {
      const before = rowCount((received - 1) * 16_000, everything.stride);
      const { rows } = stream.push(second);
      // Pitch waits 0.25 s for what follows, and a little for the end of its frame.
      if (received > 1) expect(rows).toBe(50);
      else expect(rows).toBeGreaterThan(before + 30);
    }
    expect(stream.finish().rows).toBeLessThan(20);
  });

  it('gives as many rows as the frame grid says', async () => {
    for (const length of [0, 1, 100, 511, 512, 671, 672, 5000]) {
      for (const pitch of [false, true]) {
        const features = await extractFeatures(samples.slice(0, length), { ...everything, pitch });
        expect(features.rows).toBe(rowCount(length, everything.stride));
        expect(features.columns).toBe(rawLayout({ ...everything, pitch }).columns);
      }
    }
  });

  it('fills a signal shorter than a frame up with zeros', async () => {
    const padded = new Float32Array(512);
    padded.set(samples.subarray(4000, 4300));
    const settings: FeatureSettings = { ...everything, pitch: false };
    const short = await extractFeatures(samples.slice(4000, 4300), settings);
    expect(short).toEqual(await extractFeatures(padded, settings));
  });

  it('averages as many frames as the stride into a row, fewer at the end', async () => {
    const fine = await extractFeatures(samples, { ...everything, stride: 1 });
    const coarse = await extractFeatures(samples, { ...everything, stride: 2 });
    expect(fine.rows).toBe(frameCount(samples.length));
    expect(fine.rows % 2).toBe(1);
    for (let row = 0; row < coarse.rows; row += 1) {
      for (let column = 0; column < coarse.columns; column += 1) {
        const values = [2 * row, 2 * row + 1]
          .map((frame) => fine.data[frame * fine.columns + column] ?? NaN)
          // Past the end, and pitch where there is none.
          .filter((value) => !Number.isNaN(value));
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(coarse.data[row * coarse.columns + column]).toBe(Math.fround(mean));
      }
    }
  });
});
