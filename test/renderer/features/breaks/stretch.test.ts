import { describe, expect, it } from 'vitest';
import {
  isBreakDue,
  withWork,
  type Stretch,
} from '../../../../src/renderer/features/breaks/stretch.ts';

const minute = 60_000;

/** What comes of work at these minutes. */
function worked(...minutes: readonly number[]): Stretch | null {
  return minutes.reduce<Stretch | null>((before, at) => withWork(before, at * minute), null);
}

/** Work every minute, both ends included. */
function without(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

describe('a break', () => {
  it('is due once so many minutes were worked without one', () => {
    expect(isBreakDue(null, 50, 0)).toBe(false);
    expect(isBreakDue(worked(...without(0, 49)), 50, 49 * minute)).toBe(false);
    expect(isBreakDue(worked(...without(0, 50)), 50, 50 * minute)).toBe(true);
    expect(isBreakDue(worked(...without(0, 50)), 90, 50 * minute)).toBe(false);
  });

  it('is not due after five minutes of rest, and was none when it was shorter', () => {
    const shortRest = worked(...without(0, 30), ...without(34, 50));
    const longRest = worked(...without(0, 30), ...without(35, 50));
    expect(isBreakDue(shortRest, 50, 50 * minute)).toBe(true);
    expect(isBreakDue(longRest, 50, 50 * minute)).toBe(false);
    expect(longRest?.from).toBe(35 * minute);
  });

  it('is over when it has been taken', () => {
    const long = worked(...without(0, 60));
    expect(isBreakDue(long, 50, 64 * minute)).toBe(true);
    expect(isBreakDue(long, 50, 65 * minute)).toBe(false);
  });

  it('is never due for who wants no reminder', () => {
    expect(isBreakDue(worked(...without(0, 600)), 0, 600 * minute)).toBe(false);
  });
});
