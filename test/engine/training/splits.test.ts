import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clip } from '#engine/training/corpora/clip.ts';
import { createRandom } from '#engine/training/random.ts';
import {
  assertNoLeak,
  holdOut,
  randomSplits,
  speakerFolds,
  speakerSplits,
} from '#engine/training/splits.ts';

const clip = (speaker: string, index: number, corpus = 'own'): Clip => ({
  path: `${speaker}-${index}.wav`,
  label: 'sad',
  speaker: `${corpus}/${speaker}`,
  sex: Number(speaker) % 2 === 1 ? 'male' : 'female',
  traits: {},
  group: `${speaker}-${index}`,
  corpus,
});
const actors = (count: number, corpus: string): Clip[] =>
  Array.from({ length: count }, (_, actor) => String(actor + 1).padStart(2, '0')).flatMap((actor) =>
    Array.from({ length: 6 }, (__, index) => clip(actor, index, corpus)),
  );

const anyCorpus = fc
  .array(fc.integer({ min: 1, max: 12 }), { minLength: 3, maxLength: 14 })
  .map((counts) =>
    counts.flatMap((count, speaker) =>
      Array.from({ length: count }, (_, index) => clip(String(speaker), index)),
    ),
  );

describe('speaker-disjoint splits', () => {
  it('follow the protocol for RAVDESS, whatever further actors are there', () => {
    const expected = [
      ['01', '02', '11', '12'],
      ['03', '04', '13', '14'],
      ['05', '06', '15', '16'],
      ['07', '08', '17', '18'],
      ['09', '10', '19', '20'],
    ].map((fold) => fold.map((actor) => `ravdess/${actor}`));

    for (const count of [20, 24]) {
      const clips = actors(count, 'ravdess');
      expect(speakerFolds(clips, 5)).toEqual(expected);
      for (const { train, validation, test } of speakerSplits(clips, 5, 1)) {
        expect([train.length, validation.length, test.length]).toEqual([14 * 6, 2 * 6, 4 * 6]);
        expect(new Set(validation.map(({ sex }) => sex)).size).toBe(2);
      }
    }
  });

  it('never have a speaker on two sides, and test every clip once', () => {
    fc.assert(
      fc.property(anyCorpus, fc.integer({ min: 2, max: 3 }), fc.nat(), (clips, folds, seed) => {
        const splits = speakerSplits(clips, folds, seed);
        for (const { train, validation, test } of splits) {
          const sides = [train, validation, test].map(
            (side) => new Set(side.map(({ speaker }) => speaker)),
          );
          const all = sides.flatMap((speakers) => [...speakers]);
          expect(new Set(all).size).toBe(all.length);
          expect(train.length + validation.length + test.length).toBe(clips.length);
        }
        const tested = splits.flatMap(({ test }) => test.map(({ path }) => path));
        expect(tested.toSorted()).toEqual(clips.map(({ path }) => path).toSorted());
      }),
    );
  });

  it('give every fold about as many speakers', () => {
    fc.assert(
      fc.property(anyCorpus, fc.integer({ min: 2, max: 3 }), (clips, folds) => {
        const sizes = speakerFolds(clips, folds).map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are refused when two speakers share a source recording', () => {
    const clips = actors(20, 'ravdess').map((one) =>
      one.path === '01-0.wav' || one.path === '03-0.wav' ? { ...one, group: 'shared' } : one,
    );

    expect(() => speakerSplits(clips, 5, 1)).toThrow(/recording shared would be in/u);
  });

  it('are refused when a speaker is on two sides', () => {
    const train = [clip('01', 0)];
    const leaking = { kind: 'speaker', fold: 0, train, validation: [], test: [clip('01', 1)] };

    expect(() => {
      assertNoLeak({ ...leaking, kind: 'speaker' });
    }).toThrow(/speaker 01 would be in training and in test/u);
    expect(() => {
      assertNoLeak({ ...leaking, kind: 'random' });
    }).not.toThrow();
  });

  it('need as many speakers as folds', () => {
    expect(() => speakerFolds(actors(3, 'own'), 5)).toThrow(/5 folds need 5 speakers/u);
  });

  it('hold back the same speakers for the same seed', () => {
    const held = (seed: number): readonly string[] =>
      holdOut(actors(20, 'own'), createRandom(seed)).validation.map(({ speaker }) => speaker);

    expect(held(1)).toEqual(held(1));
    expect(new Set([1, 2, 3, 4, 5].map((seed) => held(seed).join())).size).toBeGreaterThan(1);
  });
});

describe('random splits', () => {
  it('test every clip once and keep source recordings together', () => {
    fc.assert(
      fc.property(anyCorpus, fc.nat(), (clips, seed) => {
        const shared = clips.map((one, index) => ({ ...one, group: `g${index >> 1}` }));
        const splits = randomSplits(shared, 3, seed);
        for (const split of splits) {
          assertNoLeak(split);
          expect(split.kind).toBe('random');
        }
        const tested = splits.flatMap(({ test }) => test.map(({ path }) => path));
        expect(tested.toSorted()).toEqual(clips.map(({ path }) => path).toSorted());
      }),
    );
  });
});
