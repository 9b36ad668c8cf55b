import type { Accuracy } from '#shared/domain/review.ts';

/** Fewer say nothing: the interval would be as wide as not asking at all. */
const leastHeard = 5;
/** Of the normal distribution, for 95 %. */
const z = 1.959964;

/**
 * The share of a population that a plain random sample of it tells of, with Wilson's interval, which stays between 0
 * and 1 and holds for few and for lopsided answers. The larger a part of the population was heard the
 * narrower it is: of what was heard whole nothing is left to guess.
 */
export function estimateShare(
  heard: number,
  same: number,
  population: number,
): Accuracy['estimate'] {
  if (heard < Math.min(leastHeard, population) || heard === 0) return null;
  const share = same / heard;
  if (heard >= population) return { share, low: share, high: share };
  // As many independent answers would say as much as these, which are drawn without putting back.
  const n = (heard * (population - 1)) / (population - heard);
  const middle = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + (z / (2 * n)) ** 2);
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
