import fc from 'fast-check';

/** A change of a file's bytes, at a share of its length. */
export interface Mutation {
  readonly at: number;
  readonly kind: 'flip' | 'zero' | 'cut' | 'repeat' | 'remove';
  readonly length: number;
  readonly bits: number;
}

export const anyMutation: fc.Arbitrary<Mutation> = fc.record({
  // Any place alike; doubles would be near the beginning, and numbers with a bias at both ends.
  at: fc.noBias(fc.nat({ max: 1_000_000 }).map((millionth) => millionth / 1_000_000)),
  kind: fc.constantFrom('flip', 'zero', 'cut', 'repeat', 'remove'),
  length: fc.integer({ min: 1, max: 900 }),
  bits: fc.integer({ min: 1, max: 255 }),
});

export function mutate(bytes: Buffer, mutations: readonly Mutation[]): Buffer {
  return mutations.reduce((mutant, { at, kind, length, bits }) => {
    const from = Math.floor(at * mutant.length);
    const [before, after] = [mutant.subarray(0, from), mutant.subarray(from + length)];
    const middle = mutant.subarray(from, from + length);
    const middles = {
      flip: [middle.map((byte) => byte ^ bits)],
      zero: [new Uint8Array(middle.length)],
      repeat: [middle, middle, middle],
      remove: [],
      cut: [],
    } as const;
    return Buffer.concat([before, ...middles[kind], ...(kind === 'cut' ? [] : [after])]);
  }, bytes);
}
