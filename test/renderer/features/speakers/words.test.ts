import { expect, it } from 'vitest';
import { changedWords, extentWords } from '../../../../src/renderer/features/speakers/words.ts';

it('says how much there is of a speaker', () => {
  const extent = { recordings: 3, speechSeconds: 245 };
  expect(extentWords(extent, 'Anna')).toBe(
    '3\u00a0recordings of Anna, 4\u00a0min 05\u00a0s of speech',
  );
  expect(extentWords({ ...extent, recordings: 1 })).toBe(
    '1\u00a0recording, 4\u00a0min 05\u00a0s of speech',
  );
});

it('says how much of the speech would be called something else, also where there is none', () => {
  const verdicts = { confirmed: 0, stillRight: 0, corrected: 0, nowRight: 0 };
  const changes = { recordings: 2, of: 2, segments: 14, changed: 3, changes: [], verdicts };
  const comparison = { profile: 'p', recordings: 2, changes, gain: null };
  expect(changedWords({ ...comparison, speechSeconds: 20, changedSeconds: 5 })).toBe(
    '25\u00a0% of the speech would be called something else: 3 of 14\u00a0segments.',
  );
  expect(changedWords({ ...comparison, speechSeconds: 0, changedSeconds: 0 })).toContain(
    '0\u00a0%',
  );
});
