import type { SpectralFrame } from './frame.ts';
import { specificLoudness } from './loudness.ts';

/** How little of the loudness is in the loudest Bark band: ((total - largest) / total) squared. */
export function perceptualSpread({ amplitude }: SpectralFrame): number {
  const { total, loudest } = specificLoudness(amplitude);
  return ((total - loudest) / total) ** 2;
}
