import fc from 'fast-check';
import { mean, standardDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { extractFeatures } from '#engine/features/extract.ts';
import { measureLevel } from '#engine/features/level.ts';
import { type Matrix, rowsOf, stack } from '#engine/features/matrix.ts';
import { normalise } from '#engine/features/normalise.ts';
import { emptyProfile, extendProfile, measureProfile } from '#engine/features/profile.ts';
import { type FeatureSettings, defaultFeatureSettings } from '#engine/features/settings.ts';
import { shapeFeatures } from '#engine/features/shape.ts';
import { measureStatistics, mergeStatistics } from '#engine/features/statistics.ts';
import { emodbClips } from '../../support/emodb.ts';

const settings: FeatureSettings = { ...defaultFeatureSettings, pitch: true, descriptors: ['rms'] };
const clips = emodbClips();
const raws = await Promise.all(clips.map(({ samples }) => extractFeatures(samples, settings)));
const raw = raws[0] ?? rowsOf(new Float32Array(), 1);

function columnOf({ data, columns, rows }: Matrix, column: number): number[] {
  return Array.from({ length: rows }, (_, row) => data[row * columns + column] ?? NaN);
}

/** The middle third is speech. */
function middleThird(rows: number): Uint8Array {
  return new Uint8Array(rows).fill(1, Math.floor(rows / 3), Math.floor((2 * rows) / 3));
}

describe('statistics', () => {
  const value = fc.oneof(
    { weight: 9, arbitrary: fc.float({ min: -1000, max: 1000, noNaN: true }) },
    { weight: 1, arbitrary: fc.constant(NaN) },
  );
  const matrix = fc
    .array(fc.tuple(value, value, value), { maxLength: 30 })
    .map((rows) => rowsOf(Float32Array.from(rows.flat()), 3));

  it('of parts, merged, are those of the whole', () => {
    fc.assert(
      fc.property(fc.array(matrix, { minLength: 1, maxLength: 5 }), (parts) => {
        const merged = parts.map((part) => measureStatistics(part)).reduce(mergeStatistics);
        const whole = measureStatistics(stack(parts, 3));
        expect([...merged.counts]).toEqual([...whole.counts]);
        whole.means.forEach((expected, column) => {
          expect(merged.means[column]).toBeCloseTo(expected, 8);
          const squares = whole.squares[column] ?? NaN;
          expect(Math.abs((merged.squares[column] ?? NaN) - squares)).toBeLessThan(
            1e-9 * (1 + squares),
          );
        });
      }),
    );
  });

  it('are of the rows of speech only, and of the values that exist', () => {
    const speech = middleThird(raw.rows);
    const { counts, means, squares } = measureStatistics(raw, speech);
    for (const column of [0, 10, raw.columns - 4]) {
      const values = columnOf(raw, column).filter(
        (number, row) => speech[row] === 1 && !Number.isNaN(number),
      );
      expect(counts[column]).toBe(values.length);
      expect(means[column]).toBeCloseTo(mean(values), 9);
      const deviation = Math.sqrt((squares[column] ?? NaN) / values.length);
      expect(deviation).toBeCloseTo(standardDeviation(values), 9);
    }
    // Else the last of those columns, pitch, would prove nothing.
    expect(columnOf(raw, raw.columns - 4).some(Number.isNaN)).toBe(true);
  });
});

describe('normalise', () => {
  const features = shapeFeatures(settings, raw, measureLevel(raw));
  const speech = middleThird(features.rows);
  const statistics = measureStatistics(features, speech);

  it('gives speech the mean 0 and the deviation 1 in each column', () => {
    const normalised = normalise(settings, features, statistics);
    for (let column = 0; column < features.columns; column += 1) {
      const exists = columnOf(features, column).map((number) => !Number.isNaN(number));
      const values = columnOf(normalised, column).filter(
        (_, row) => speech[row] === 1 && exists[row],
      );
      expect(mean(values)).toBeCloseTo(0, 5);
      expect(standardDeviation(values)).toBeGreaterThan(0.97);
      expect(standardDeviation(values)).toBeLessThan(1.0001);
    }
  });

  it('takes only the mean away where the settings say so', () => {
    const centred = normalise({ ...settings, normalisation: 'mean' }, features, statistics);
    centred.data.forEach((value, index) => {
      const before = features.data[index] ?? NaN;
      const expected = before - (statistics.means[index % features.columns] ?? 0);
      expect(value).toBe(Number.isNaN(before) ? 0 : Math.fround(expected));
    });
  });

  it('puts the mean where there is no value', () => {
    const normalised = normalise(settings, features, statistics);
    const unvoiced = columnOf(features, features.columns - 4).map(Number.isNaN);
    expect(unvoiced).toContain(true);
    columnOf(normalised, features.columns - 4).forEach((value, row) => {
      if (unvoiced[row] === true) expect(value).toBe(0);
    });
  });

  it('does not blow up what hardly varies', () => {
    // Four bands that hold only rounding errors, as above the range of a telephone.
    const empty = rowsOf(
      Float32Array.from({ length: 40 }, (_, index) => 1e-4 * (index % 3)),
      4,
    );
    const normalised = normalise(settings, empty, measureStatistics(empty));
    expect(Math.max(...normalised.data.map(Math.abs))).toBeLessThan(0.01);
  });

  it('leaves features alone where there was no speech to learn from', () => {
    const none = measureStatistics(features, new Uint8Array(features.rows));
    expect(normalise({ ...settings, pitch: false }, features, none).data).toEqual(
      features.data.map((value) => (Number.isNaN(value) ? 0 : value)),
    );
  });
});

describe('a profile', () => {
  const speeches = raws.map(({ rows }) => middleThird(rows));
  const recordings = raws.map((part, index) => ({
    raw: part,
    speech: speeches[index] ?? new Uint8Array(),
  }));

  it('of several recordings of a speaker is that of all of them in one', () => {
    const several = measureProfile(settings, recordings);
    const joined = Uint8Array.from(speeches.flatMap((speech) => [...speech]));
    const one = measureProfile(settings, [{ raw: stack(raws, raw.columns), speech: joined }]);
    expect(several.level.rows).toBe(one.level.rows);
    expect(several.level.sum).toBeCloseTo(one.level.sum, 9);
    expect([...several.statistics.counts]).toEqual([...one.statistics.counts]);
    one.statistics.means.forEach((expected, column) => {
      expect(several.statistics.means[column]).toBeCloseTo(expected, 5);
    });
  });

  it('that grows with live sound approaches that of the whole', () => {
    const whole = measureProfile(settings, recordings);
    // Each clip three times over, as somebody speaks on.
    const heard = [...recordings, ...recordings, ...recordings];
    const live = heard.reduce(
      (profile, recording) => extendProfile(settings, profile, recording),
      emptyProfile(settings),
    );
    expect(live.level.sum / live.level.rows).toBeCloseTo(whole.level.sum / whole.level.rows, 9);
    for (let column = 0; column < settings.spectrum.bands; column += 1) {
      const { counts, means, squares } = whole.statistics;
      const deviation = Math.sqrt((squares[column] ?? NaN) / (counts[column] ?? NaN));
      const difference = (live.statistics.means[column] ?? NaN) - (means[column] ?? NaN);
      expect(Math.abs(difference) / deviation).toBeLessThan(0.1);
    }
  });
});
