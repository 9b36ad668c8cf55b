import { describe, expect, it } from 'vitest';
import { changedSamples, gainOf } from '#library/speakers/before-after.ts';

const spans = (...list: readonly (readonly [number, number, string])[]) =>
  list.map(([start, end, label]) => ({ start, end, label }));

describe('how much is called something else', () => {
  it('is counted in samples of what was speech before', () => {
    const before = spans([0, 10, 'sad'], [10, 20, 'no speech'], [20, 40, 'angry']);
    const after = spans([0, 4, 'sad'], [4, 25, 'angry'], [25, 30, 'unsure'], [30, 40, 'angry']);
    expect(changedSamples({ before, after })).toEqual({ spoken: 30, changed: 11 });
    expect(changedSamples({ before, after: before })).toEqual({ spoken: 30, changed: 0 });
    expect(changedSamples({ before, after: [] })).toEqual({ spoken: 30, changed: 30 });
    expect(changedSamples({ before: [], after })).toEqual({ spoken: 0, changed: 0 });
  });

  it('is found where one segment of before is many of after, and the other way round', () => {
    const many = spans([0, 5, 'sad'], [5, 9, 'sad'], [9, 12, 'happy'], [12, 30, 'sad']);
    const one = spans([0, 30, 'sad']);
    expect(changedSamples({ before: one, after: many })).toEqual({ spoken: 30, changed: 3 });
    expect(changedSamples({ before: many, after: one })).toEqual({ spoken: 30, changed: 3 });
  });
});

describe('what normalising gains on labels of people', () => {
  it('is not known where there are none', () => {
    expect(gainOf({ confirmed: 0, stillRight: 0, corrected: 0, nowRight: 0 })).toBeNull();
  });

  it('is the share that is right before and after, with an interval around the difference', () => {
    const gain = gainOf({ confirmed: 12, stillRight: 10, corrected: 8, nowRight: 6 });
    expect(gain).toMatchObject({ clips: 20, before: { accuracy: 0.6 }, after: { accuracy: 0.8 } });
    const [low = NaN, high = NaN] = gain?.gainInterval ?? [];
    expect(low).toBeLessThan(0.2);
    expect(high).toBeGreaterThan(0.2);
    // Normal theory: 0.2 plus or minus 1.96 times 0.6 over the root of 20.
    expect(low).toBeCloseTo(0.2 - 0.263, 1);
    expect(high).toBeCloseTo(0.2 + 0.263, 1);
  });

  it('has no spread where all are right all along', () => {
    const gain = gainOf({ confirmed: 5, stillRight: 5, corrected: 0, nowRight: 0 });
    expect(gain?.gainInterval).toEqual([0, 0]);
  });
});
