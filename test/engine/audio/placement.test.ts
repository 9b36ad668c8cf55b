import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPlacement } from '#engine/audio/placement.ts';

const limits = { tolerance: 10, longestGap: 100_000, restart: 1000 };
const lengths = fc.array(fc.integer({ min: 50, max: 2000 }), { minLength: 1, maxLength: 60 });

/** Where each frame comes to lie. */
function placeAll(frames: readonly (readonly [start: number | null, length: number])[]): number[] {
  const place = createPlacement(limits);
  let written = 0;
  return frames.map(([start, length]) => {
    const at = written + place(start, length);
    written = at + length;
    return at;
  });
}

function startsOf(all: readonly number[]): number[] {
  let at = 0;
  return all.map((length) => (at += length) - length);
}

describe('placing frames by their timestamps', () => {
  it('puts every frame where it belongs, whichever others are lost', () => {
    const lossy = fc.record({ all: lengths, lost: fc.infiniteStream(fc.boolean()) });
    fc.assert(
      fc.property(lossy, ({ all, lost }) => {
        const starts = startsOf(all);
        const kept = all.flatMap((length, index) =>
          lost.next().value === true ? [] : [[starts[index] ?? 0, length] as const],
        );
        expect(placeAll(kept)).toEqual(kept.map(([start]) => start));
      }),
    );
  });

  it('adds nothing where timestamps are only imprecise, however they tremble', () => {
    const trembling = fc.array(
      fc.tuple(fc.integer({ min: 50, max: 2000 }), fc.integer({ min: -5, max: 5 })),
    );
    fc.assert(
      fc.property(trembling, (frames) => {
        const starts = startsOf(frames.map(([length]) => length));
        const stamped = frames.map(
          ([length, error], at) => [(starts[at] ?? 0) + error, length] as const,
        );
        expect(placeAll(stamped)).toEqual(starts);
      }),
    );
  });

  it('does not fill up again what an early timestamp had made late', () => {
    expect(
      placeAll([
        [0, 100],
        [130, 100],
        [200, 100],
        [330, 100],
      ]),
    ).toEqual([0, 130, 230, 330]);
  });

  it('lets a clock that drifts away drift', () => {
    const drifting = Array.from({ length: 100 }, (_, index) => [index * 105, 100] as const);
    expect(placeAll(drifting)).toEqual(drifting.map((_, index) => index * 100));
  });

  it('goes on without a gap where timestamps jump absurdly far, or start again', () => {
    expect(
      placeAll([
        [0, 100],
        [1e9, 100],
        [1e9 + 150, 100],
      ]),
    ).toEqual([0, 100, 250]);
    expect(
      placeAll([
        [50_000, 2000],
        [0, 2000],
        [2500, 100],
      ]),
    ).toEqual([50_000, 52_000, 54_500]);
  });

  it('trusts the order where there is no timestamp', () => {
    expect(
      placeAll([
        [0, 100],
        [null, 100],
        [null, 100],
        [350, 100],
      ]),
    ).toEqual([0, 100, 200, 350]);
  });
});
