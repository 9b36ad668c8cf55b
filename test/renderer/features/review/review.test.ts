import { describe, expect, it } from 'vitest';
import type { ReviewItem } from '#shared/domain/review.ts';
import { secondsLeft, withExtra } from '../../../../src/renderer/features/review/pace.ts';
import { nextOpen, reopened } from '../../../../src/renderer/features/review/walk.ts';

const items = (...done: readonly boolean[]): readonly ReviewItem[] =>
  done.map((isDone, at) => ({
    segmentId: at + 1,
    recordingId: 1,
    start: at * 10,
    end: at * 10 + 5,
    seconds: 1,
    audit: false,
    done: isDone,
  }));

describe('the pace', () => {
  it('is a guess before anything is known, and what was measured after that', () => {
    expect(secondsLeft([2, 4], [])).toBe(2 + 4 + 2 * 3);
    expect(secondsLeft([2, 4], [1])).toBe(8);
    expect(secondsLeft([], [1])).toBe(0);
  });

  it('does not slow down for a pause', () => {
    expect(secondsLeft([2], [1, 1, 3600])).toBe(3);
  });

  it('counts what is played faster than it is long, but nothing as no time at all', () => {
    expect(secondsLeft([10, 1], [-4, -4, -4])).toBe(6 + 0.5);
  });

  it('goes by the last twenty answers', () => {
    const slow = Array.from({ length: 20 }, () => 9);
    const fast = Array.from({ length: 11 }, () => 1);
    const extras = fast.reduce<readonly number[]>(withExtra, slow);
    expect(extras).toHaveLength(20);
    expect(secondsLeft([1], extras)).toBe(2);
  });
});

describe('the next one', () => {
  it('is the next that is open, from the beginning again at the end, and never the same', () => {
    const round = items(false, true, false, true);
    expect(nextOpen(round, null)?.segmentId).toBe(1);
    expect(nextOpen(round, 1)?.segmentId).toBe(3);
    expect(nextOpen(round, 2)?.segmentId).toBe(3);
    expect(nextOpen(round, 3)?.segmentId).toBe(1);
    expect(nextOpen(items(false, true), 1)).toBeUndefined();
    expect(nextOpen(items(true, true), 1)).toBeUndefined();
    expect(nextOpen([], null)).toBeUndefined();
  });

  it('is what an undo took back', () => {
    expect(reopened(items(true, false), items(true, true))?.segmentId).toBe(2);
    expect(reopened(items(true, true), items(true, false))).toBeUndefined();
    // A new round is no undo.
    expect(reopened(items(false), [])).toBeUndefined();
  });
});
