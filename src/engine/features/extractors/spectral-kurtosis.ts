import type { SpectralFrame } from './frame.ts';

/**
 * Kurtosis of the magnitudes over the bins as Meyda computes it: its second term has the first moment
 * where the textbook has the first moment squared. Kept, because Meyda is the definition.
 */
export function spectralKurtosis({ moments }: SpectralFrame): number {
  const [, first = NaN, second = NaN, third = NaN, fourth = NaN] = moments;
  const central = -3 * first ** 4 + 6 * first * second - 4 * first * third + fourth;
  return central / (second - first ** 2) ** 2;
}
