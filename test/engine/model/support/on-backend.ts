import { beforeAll, describe, expect } from 'vitest';
import { loadBackend, tf, type Backend } from '#engine/model/backend.ts';

const portableOnly = process.env['UNDERTONE_ENGINE'] === 'portable';

/**
 * Runs a suite on one backend. TensorFlow.js is one a process, so each test file has one backend. A native
 * library that does not load is a failure, except where UNDERTONE_ENGINE=portable asks to do without.
 */
export function onBackend(kind: Backend['kind'], suite: () => void): void {
  describe.skipIf(kind === 'native' && portableOnly)(`on the ${kind} backend`, () => {
    beforeAll(async () => {
      if (kind === 'portable') process.env['UNDERTONE_ENGINE'] = 'portable';
      expect(await loadBackend()).toMatchObject({ kind });
    });
    suite();
  });
}

/**
 * Runs `act` and expects it to leave nothing behind but the tensors that it returns: neither tensors nor, below
 * them, blocks of memory that only the backend knows.
 */
export function withoutLeak<T extends tf.Tensor | readonly tf.Tensor[] | undefined>(
  act: () => T,
): T {
  const held = (): readonly number[] => [tf.memory().numTensors, tf.backend().numDataIds()];
  const before = held();
  const result = act();
  const returned = [result ?? []].flat().length;
  expect(held()).toEqual(before.map((count) => count + returned));
  return result;
}
