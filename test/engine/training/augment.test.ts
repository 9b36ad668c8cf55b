import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsOf } from '#engine/features/matrix.ts';
import { maskFeatures } from '#engine/training/augment/masks.ts';
import { mixExamples } from '#engine/training/augment/mixup.ts';
import { changeSpeed } from '#engine/training/augment/speed.ts';
import { applyVariant, asRecorded, planVariants } from '#engine/training/augment/variants.ts';
import { createRandom } from '#engine/training/random.ts';

const rate = 16_000;
const tone = (frequency: number, length = rate): Float32Array =>
  Float32Array.from({ length }, (_, index) => Math.sin((2 * Math.PI * frequency * index) / rate));
const rms = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

describe('speed', () => {
  it.each([0.8, 0.95, 1.1, 1.25])('%f turns a tone into the faster or slower one', (factor) => {
    const faster = changeSpeed(tone(1000), factor);
    const expected = tone(1000 * factor, faster.length);

    expect(faster).toHaveLength(Math.floor(rate / factor));
    const inner = faster.subarray(200, -200).map((sample, index) => {
      return sample - (expected[index + 200] ?? 0);
    });
    expect(rms(inner)).toBeLessThan(2e-3);
  });

  it('lets nothing through that the faster sound cannot hold', () => {
    expect(rms(changeSpeed(tone(7500), 1.25).subarray(200, -200))).toBeLessThan(0.01);
  });
});

describe('variants', () => {
  const recipe = { count: 6, speed: [0.85, 1.15], noisy: 0.5, snr: [10, 20] } as const;

  it('are the same for a speaker at all times, and others for another speaker', () => {
    expect(planVariants('a', recipe)).toEqual(planVariants('a', recipe));
    expect(planVariants('a', recipe)).not.toEqual(planVariants('b', recipe));
    expect(planVariants('a', recipe)[0]).toEqual(asRecorded);
    expect(planVariants('a', recipe)).toHaveLength(7);
  });

  it('keep the stretches of speech where the speech is', () => {
    const samples = new Float32Array(rate);
    samples.set(tone(500, 4000), 6000);
    const speech = { samples, spans: [{ start: 6000, end: 10_000 }] };

    const { samples: changed, spans } = applyVariant(speech, { speed: 1.2, noise: null });

    const [span] = spans;
    expect(rms(changed.subarray(span?.start, span?.end))).toBeGreaterThan(0.6);
    expect(rms(changed.subarray(0, span?.start))).toBeLessThan(0.05);
    expect(rms(changed.subarray(span?.end))).toBeLessThan(0.05);
  });

  it('have noise as loud as they say', () => {
    const samples = tone(500);
    const speech = { samples, spans: [{ start: 0, end: rate }] };

    const noisy = applyVariant(speech, { speed: 1, noise: { snr: 20, colour: 0.5 } }).samples;

    const noise = noisy.map((sample, index) => sample - (samples[index] ?? 0));
    expect(20 * Math.log10(rms(samples) / rms(noise))).toBeCloseTo(20, 1);
  });
});

describe('masks', () => {
  const features = (rows: number): ReturnType<typeof rowsOf> =>
    rowsOf(new Float32Array(rows * 10).fill(1), 10);

  it('hide whole rows and whole bands with their derivatives, and no more than allowed', () => {
    const recipe = { timeMasks: 1, timeShare: 0.25, bandMasks: 1, bandShare: 0.5 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), (rows, seed) => {
        const blocks = { spectral: 4, block: 5 };
        const { data } = maskFeatures(features(rows), recipe, blocks, createRandom(seed));
        const at = (row: number, column: number): number => data[row * 10 + column] ?? NaN;
        const all = Array.from({ length: rows }, (_, row) => row);
        const hiddenRows = all.filter((row) => at(row, 4) === 0);
        const seen = all.find((row) => at(row, 4) === 1);
        expect(hiddenRows.length).toBeLessThanOrEqual(Math.ceil(rows * 0.25));
        if (seen === undefined) return;
        const hiddenBands = [0, 1, 2, 3].filter((band) => at(seen, band) === 0);
        expect(hiddenBands.length).toBeLessThanOrEqual(2);
        for (const band of hiddenBands) expect(at(seen, band + 5)).toBe(0);
        expect(at(seen, 9)).toBe(1);
      }),
    );
  });
});

describe('mixup', () => {
  it('lays a shorter example over a longer one again and again, and mixes what is asked for', () => {
    const one = {
      features: rowsOf(Float32Array.of(1, 1, 1), 1),
      target: Float32Array.of(1, 0),
    };
    const other = { features: rowsOf(Float32Array.of(3, 5), 1), target: Float32Array.of(0, 1) };

    const mixed = mixExamples(one, other, 0.75);

    expect([...mixed.features.data]).toEqual([1.5, 2, 1.5]);
    expect([...mixed.target]).toEqual([0.75, 0.25]);
  });
});

describe('random numbers', () => {
  it('have the distributions that they are named after', () => {
    const random = createRandom('distributions');
    const count = 20_000;
    const many = (draw: () => number): number[] => Array.from({ length: count }, draw);
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / count;
    const variance = (values: readonly number[]): number =>
      mean(values.map((value) => (value - mean(values)) ** 2));
    const normal = many(() => random.normal());
    const beta = many(() => random.beta(0.3));

    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(variance(normal)).toBeCloseTo(1, 1);
    expect(mean(beta)).toBeCloseTo(0.5, 1);
    // Of beta(a, a): 1 / (4 (2 a + 1)).
    expect(variance(beta)).toBeCloseTo(1 / 6.4, 2);
    expect(random.shuffled([1, 2, 3, 4]).toSorted()).toEqual([1, 2, 3, 4]);
  });
});
