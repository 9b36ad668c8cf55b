import { describe, expect, it } from 'vitest';
import { firstEndingAfter, isCovered } from '#shared/domain/row.ts';
import {
  byTier,
  isUncertain,
  neighbour,
  nextOpen,
  withChanges,
} from '../../../src/renderer/lib/rows.ts';
import { segmentOf } from '../support/segments.ts';

const row = [segmentOf(0, 10), segmentOf(10, 20), segmentOf(30, 40)];
const ids = (segments: readonly { readonly id: number }[]) => segments.map(({ id }) => id);

describe('the segments of a recording', () => {
  it('take what changed in the place of its old self and stay in order', () => {
    const moved = segmentOf(50, 60, 'sad', { id: 10 });
    const changed = withChanges(row, { changed: [moved, segmentOf(22, 28)], removed: [0] });
    expect(ids(changed)).toEqual([22, 30, 10]);
    expect(changed[2]).toBe(moved);
  });

  it('stay the very same where what is told of them is known already', () => {
    expect(withChanges(row, { changed: [segmentOf(10, 20)], removed: [77] })).toBe(row);
    expect(withChanges(row, { changed: [segmentOf(10, 21)], removed: [] })).not.toBe(row);
    expect(withChanges(row, { changed: [], removed: [10] })).toHaveLength(2);
  });

  it('leave the rows alone that nothing changed in', () => {
    const other = segmentOf(5, 15, 'sad', { id: 99, tier: 'model' });
    const before = byTier([...row, other]);
    const after = byTier(withChanges([...row, other], { changed: [], removed: [30] }), before);
    expect(after.get('model')).toBe(before.get('model'));
    expect(ids(after.get('annotator-1') ?? [])).toEqual([0, 10]);
  });

  it('divide into tiers', () => {
    const other = segmentOf(5, 15, 'sad', { id: 99, tier: 'model' });
    const tiers = byTier([...row, other]);
    expect(ids(tiers.get('annotator-1') ?? [])).toEqual([0, 10, 30]);
    expect(tiers.get('model')).toEqual([other]);
  });

  it.each([
    [0, 0],
    [9, 0],
    [10, 1],
    [25, 2],
    [40, 3],
  ])('after sample %i number %i is the first that ends', (sample, at) => {
    expect(firstEndingAfter(row, sample)).toBe(at);
  });
});

describe('the neighbour', () => {
  it('is the one before or after in the row', () => {
    expect(neighbour(row, { id: 10, start: 10 }, 1)?.id).toBe(30);
    expect(neighbour(row, { id: 10, start: 10 }, -1)?.id).toBe(0);
    expect(neighbour(row, { id: 30, start: 30 }, 1)).toBeUndefined();
  });

  it('of a segment of another row is the next by time', () => {
    expect(neighbour(row, { id: 7, start: 10 }, 1)?.id).toBe(30);
    expect(neighbour(row, { id: 7, start: 10 }, -1)?.id).toBe(0);
  });
});

describe('what is left to do', () => {
  const model = [
    segmentOf(0, 10, 'sad', { source: 'model' }),
    segmentOf(10, 20, 'no speech', { source: 'model' }),
    segmentOf(20, 40, 'unsure', { source: 'model' }),
    segmentOf(40, 60, 'calm', { source: 'model', confidence: 0.4 }),
  ];

  it('is covered where more than half of it is labelled', () => {
    expect(isCovered(row, { start: 0, end: 30 })).toBe(true);
    expect(isCovered(row, { start: 0, end: 40 })).toBe(true);
    expect(isCovered(row, { start: 10, end: 30 })).toBe(false);
    expect(isCovered([], { start: 0, end: 1 })).toBe(false);
  });

  it('skips silence and what one has labelled oneself', () => {
    expect(nextOpen(model, [], 0)?.start).toBe(0);
    expect(nextOpen(model, [], 10)?.start).toBe(20);
    expect(nextOpen(model, [segmentOf(20, 38)], 10)?.start).toBe(40);
    expect(nextOpen(model, [], 41)).toBeUndefined();
  });

  it('is uncertain where no label has a majority; what people say never is', () => {
    expect(model.map(isUncertain)).toEqual([false, false, true, true]);
    expect(isUncertain(segmentOf(0, 1, 'unsure'))).toBe(false);
  });
});
