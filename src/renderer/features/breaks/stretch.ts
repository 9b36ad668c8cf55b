const minute = 60_000;
/** A pause as long as this is a break. */
const breakLength = 5 * minute;

/** After how many minutes without a break somebody can be reminded of one; 0 is never. */
export const choices = [0, 25, 50, 90] as const;

/** Listening or annotating without a break. Moments in milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly last: number;
}

/** The stretch that work at a moment belongs to: the one before, unless there was a break since. */
export function withWork(before: Stretch | null, at: number): Stretch {
  return before !== null && at - before.last < breakLength
    ? { from: before.from, last: at }
    : { from: at, last: at };
}

/** Whether so many minutes were worked without a break, up to now. */
export function isBreakDue(stretch: Stretch | null, minutes: number, now: number): boolean {
  if (stretch === null || minutes === 0 || now - stretch.last >= breakLength) return false;
  return stretch.last - stretch.from >= minutes * minute;
}
