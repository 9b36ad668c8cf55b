import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Segment } from '#shared/domain/segment.ts';
import {
  canSplit,
  drawn,
  gapAround,
  movedBy,
  roomAt,
  withEdge,
} from '../../../../src/renderer/features/annotate/edges.ts';
import { segmentOf } from '../../support/segments.ts';

const total = 1000;
const limits = { total, least: 5 };
const row = [segmentOf(100, 200), segmentOf(200, 300), segmentOf(500, 600)];

describe('a gap', () => {
  it('reaches from neighbour to neighbour, or to the ends', () => {
    expect(gapAround(row, 50, total)).toEqual({ start: 0, end: 100 });
    expect(gapAround(row, 400, total)).toEqual({ start: 300, end: 500 });
    expect(gapAround(row, 999, total)).toEqual({ start: 600, end: total });
    expect(gapAround([], 7, total)).toEqual({ start: 0, end: total });
  });

  it('is not where a segment is, its first sample included', () => {
    expect(gapAround(row, 200, total)).toBeNull();
    expect(gapAround(row, 599, total)).toBeNull();
  });

  it('holds what is drawn into it, in either direction', () => {
    expect(drawn({ start: 300, end: 500 }, 420, 250)).toEqual({ start: 300, end: 420 });
    expect(drawn({ start: 300, end: 500 }, 350.4, 700)).toEqual({ start: 350, end: 500 });
  });

  it('has room for a new segment at the cursor, shorter where it is narrow', () => {
    expect(roomAt(row, 320, 100, total)).toEqual({ start: 320, end: 420 });
    expect(roomAt(row, 450, 100, total)).toEqual({ start: 400, end: 500 });
    expect(roomAt(row, 450, 900, total)).toEqual({ start: 300, end: 500 });
    expect(roomAt(row, 250, 100, total)).toBeNull();
  });
});

describe('an edge', () => {
  const [first = segmentOf(0, 1), second = segmentOf(0, 1)] = row;
  it.each([
    [first, 'start', -50, { start: 0, end: 200 }],
    [first, 'start', 500, { start: 195, end: 200 }],
    [first, 'end', 250, { start: 100, end: 200 }],
    [second, 'start', 150, { start: 200, end: 300 }],
    [second, 'end', 450.6, { start: 200, end: 451 }],
    [second, 'end', 2000, { start: 200, end: 500 }],
    [second, 'end', 0, { start: 200, end: 205 }],
  ] as const)('of %o, its %s at %f', (segment, edge, sample, span) => {
    expect(withEdge(row, segment, edge, sample, limits)).toEqual(span);
  });

  it('of a segment that is shorter than allowed stays until it is pulled out', () => {
    const tiny = [segmentOf(10, 12)];
    expect(withEdge(tiny, segmentOf(10, 12), 'start', 11, limits)).toEqual({ start: 10, end: 12 });
  });
});

describe('a move', () => {
  it('stops at what does not move along', () => {
    expect(movedBy(row, new Set([500]), -300, total)).toBe(-200);
    expect(movedBy(row, new Set([500]), 900, total)).toBe(400);
    expect(movedBy(row, new Set([100, 200]), 900, total)).toBe(200);
    expect(movedBy(row, new Set([100, 500]), 900, total)).toBe(0);
  });

  it('never makes segments overlap or leave the recording', () => {
    const rows = fc
      .uniqueArray(fc.integer({ min: 0, max: total }), { minLength: 2, maxLength: 24 })
      .map((cuts) => cuts.toSorted((a, b) => a - b))
      .map((cuts) =>
        cuts.flatMap((start, at) => {
          const end = cuts[at + 1];
          return at % 2 === 0 && end !== undefined ? [segmentOf(start, end)] : [];
        }),
      );
    fc.assert(
      fc.property(rows, fc.integer({ min: -1200, max: 1200 }), fc.nat(), (segments, by, seed) => {
        const ids = new Set(segments.filter((_, at) => (seed >> at) % 2 === 1).map(({ id }) => id));
        const allowed = movedBy(segments, ids, by, total);
        const after: readonly Segment[] = segments
          .map((each) =>
            ids.has(each.id)
              ? { ...each, start: each.start + allowed, end: each.end + allowed }
              : each,
          )
          .toSorted((a, b) => a.start - b.start);
        expect(after.map(({ id }) => id)).toEqual(segments.map(({ id }) => id));
        for (const [at, { start, end }] of after.entries()) {
          expect(start).toBeGreaterThanOrEqual(after[at - 1]?.end ?? 0);
          expect(end).toBeLessThanOrEqual(total);
        }
        expect(Math.abs(allowed)).toBeLessThanOrEqual(Math.abs(by));
      }),
    );
  });
});

describe('a split', () => {
  it('needs something to hear on either side', () => {
    expect(canSplit({ start: 10, end: 30 }, 20, 5)).toBe(true);
    expect(canSplit({ start: 10, end: 30 }, 14, 5)).toBe(false);
    expect(canSplit({ start: 10, end: 30 }, 26, 5)).toBe(false);
    expect(canSplit({ start: 10, end: 30 }, 99, 5)).toBe(false);
  });
});
