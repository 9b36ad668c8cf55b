import { expect, it } from 'vitest';
import { nothingWithheld } from '#shared/domain/terms.ts';
import { withheldWords } from '../../../src/renderer/lib/withheld-words.ts';

it('says how many recordings are left out, and why', () => {
  const words = withheldWords({ refused: 0, withdrawn: 1, expired: 1 });
  expect(words.replaceAll('\u00a0', ' ')).toBe(
    '2 recordings left out: consent was withdrawn (1), kept longer than agreed (1)',
  );
  expect(withheldWords(nothingWithheld)).toBe('');
});
