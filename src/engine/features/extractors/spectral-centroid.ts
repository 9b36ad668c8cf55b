import type { SpectralFrame } from './frame.ts';

/** Centre of gravity of the magnitudes, in bins. */
export function spectralCentroid({ moments }: SpectralFrame): number {
  return moments[1] ?? NaN;
}
