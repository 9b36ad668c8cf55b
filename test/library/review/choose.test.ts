import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inListeningOrder, worth, type Candidate } from '#library/review/choose.ts';

const plain: Candidate = {
  segmentId: 0,
  recordingId: 1,
  speaker: 'Ada',
  label: 'angry',
  wrong: 0.5,
  seconds: 2,
  probabilities: [0.5, 0.25, 0.25],
};

const order = (candidates: readonly Candidate[]): readonly number[] =>
  [...inListeningOrder(candidates)].map(({ segmentId }) => segmentId);
/** Candidates that are like {@link plain} but for this, numbered from 1. */
const like = (...differences: readonly Partial<Candidate>[]): readonly Candidate[] =>
  differences.map((difference, at) => ({ ...plain, segmentId: at + 1, ...difference }));

const someCandidate = fc.record({
  segmentId: fc.integer(),
  recordingId: fc.integer({ min: 1, max: 4 }),
  speaker: fc.constantFrom('Ada', 'Bo', 'Cy'),
  label: fc.constantFrom('angry', 'sad', 'unsure'),
  wrong: fc.double({ min: 0, max: 1, noNaN: true }),
  seconds: fc.double({ min: 0.01, max: 60, noNaN: true }),
  probabilities: fc
    .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
    .map((parts) => parts.map((part) => part / parts.reduce((sum, each) => sum + each, 0))),
});

describe('what to listen to next', () => {
  it('is where the model is most likely wrong, all else alike', () => {
    expect(order(like({ wrong: 0.2 }, { wrong: 0.7 }, { wrong: 0.4 }))).toEqual([2, 3, 1]);
  });

  it('is what takes the least time, all else alike', () => {
    expect(order(like({ seconds: 30 }, { seconds: 1 }, { seconds: 5 }))).toEqual([2, 3, 1]);
  });

  it('is not a very short one for being short: to decide takes time, too', () => {
    expect(order(like({ wrong: 0.3, seconds: 0.1 }, { wrong: 0.6, seconds: 2 }))[0]).toBe(2);
  });

  it.each([
    ['label', { label: 'sad' }],
    ['recording', { recordingId: 2 }],
    ['speaker', { speaker: 'Bo' }],
    ['shape of the probabilities', { probabilities: [0.1, 0.1, 0.8] }],
  ])('is rather of another %s than more of the same', (_, difference) => {
    const candidates = like({ wrong: 0.6 }, { wrong: 0.55 }, { wrong: 0.5, ...difference });
    expect(order(candidates)).toEqual([1, 3, 2]);
  });

  it('is all of them, each once, the first that which is worth most', () => {
    fc.assert(
      fc.property(fc.uniqueArray(someCandidate, { selector: (each) => each.segmentId }), (all) => {
        const ordered = [...inListeningOrder(all)];
        expect(new Set(ordered)).toEqual(new Set(all));
        expect(ordered).toHaveLength(all.length);
        const most = Math.max(...all.map(worth));
        if (ordered[0]) expect(worth(ordered[0])).toBe(most);
      }),
    );
  });

  it('does not depend on how many are taken, nor changes what it was given', () => {
    fc.assert(
      fc.property(fc.array(someCandidate, { minLength: 2 }), fc.nat(5), (all, count) => {
        const before = structuredClone(all);
        const taken: Candidate[] = [];
        for (const each of inListeningOrder(all)) {
          if (taken.length >= count) break;
          taken.push(each);
        }
        expect(taken).toEqual([...inListeningOrder(all)].slice(0, count));
        expect(all).toEqual(before);
      }),
    );
  });
});
