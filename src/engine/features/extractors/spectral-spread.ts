import type { SpectralFrame } from './frame.ts';

/** Standard deviation of the magnitudes around their centroid, in bins. */
export function spectralSpread({ moments: [, first = NaN, second = NaN] }: SpectralFrame): number {
  return Math.sqrt(second - first ** 2);
}
