const hour = 3_600_000;
const day = 24 * hour;
const week = 7 * day;

/** How many stretches of each length keep their newest backup. */
const kept = [
  { stretch: hour, count: 24 },
  { stretch: day, count: 7 },
  { stretch: week, count: 4 },
] as const;

/**
 * Which backups stay: the newest of each of 24 hours, 7 days and 4 weeks in which there was one. Who works
 * once a month keeps that of half a year ago.
 *
 * @param times of the backups there are, in milliseconds
 */
export function timesToKeep(times: readonly number[]): ReadonlySet<number> {
  const newestFirst = times.toSorted((one, other) => other - one);
  const keep = new Set<number>();
  for (const { stretch, count } of kept) {
    const newest = new Map<number, number>();
    for (const time of newestFirst) {
      const which = Math.floor(time / stretch);
      if (!newest.has(which)) newest.set(which, time);
    }
    for (const time of [...newest.values()].slice(0, count)) keep.add(time);
  }
  return keep;
}

/** How long a backup made now stays at most, where one is made every day. */
export const longestKept = 4 * week;
