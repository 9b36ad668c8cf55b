import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendDeltas, deltaContext } from '#engine/features/deltas.ts';
import { rowsOf } from '#engine/features/matrix.ts';

describe('appendDeltas', () => {
  it('gives the slope of a ramp and no curvature, away from its ends', () => {
    const ramp = rowsOf(
      Float32Array.from({ length: 20 }, (_, row) => 3 * row),
      1,
    );
    const { data, columns } = appendDeltas(ramp, 2);
    expect(columns).toBe(3);
    for (let row = 4; row < 16; row += 1) {
      expect([...data.subarray(3 * row, 3 * row + 3)]).toEqual([3 * row, 3, 0]);
    }
  });

  it('repeats the first and the last row at the ends', () => {
    const step = rowsOf(Float32Array.of(0, 10, 10, 10), 1);
    // HTK: (1 (c[t+1] - c[t-1]) + 2 (c[t+2] - c[t-2])) / 10.
    const slopes = appendDeltas(step, 1).data.filter((_, index) => index % 2 === 1);
    expect([...slopes]).toEqual([3, 3, 2, 0]);
  });

  it('of a block with its context are those of the whole', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.float({ noNaN: true }), fc.float({ noNaN: true })), { minLength: 1 }),
        fc.constantFrom(0 as const, 1 as const, 2 as const),
        fc.nat(),
        fc.nat(),
        (values, deltas, a, b) => {
          const whole = rowsOf(Float32Array.from(values.flat()), 2);
          const start = Math.min(a, b) % whole.rows;
          const end = start + 1 + (Math.max(a, b) % (whole.rows - start));
          const from = Math.max(0, start - deltaContext(deltas));
          const to = Math.min(whole.rows, end + deltaContext(deltas));
          const block = rowsOf(whole.data.slice(from * 2, to * 2), 2);
          const range = { start: start - from, end: end - from };
          expect(appendDeltas(block, deltas, range)).toEqual(
            appendDeltas(whole, deltas, { start, end }),
          );
        },
      ),
    );
  });
});
