import type { SpectralFrame } from './frame.ts';

/** Third standardised moment of the magnitudes over the bins. */
export function spectralSkewness({ moments }: SpectralFrame): number {
  const [, first = NaN, second = NaN, third = NaN] = moments;
  return (2 * first ** 3 - 3 * first * second + third) / Math.sqrt(second - first ** 2) ** 3;
}
