import { sampleRate } from '../frames.ts';
import type { SpectralFrame } from './frame.ts';

/** The frequency in Hz below which 99 % of the magnitudes lie; Meyda puts the last bin at Nyquist. */
export function spectralRolloff({ amplitude }: SpectralFrame): number {
  const { length } = amplitude;
  let below = 0;
  for (let index = 0; index < length; index += 1) below += amplitude[index] ?? 0;
  const threshold = 0.99 * below;
  let bin = length - 1;
  for (; below > threshold && bin >= 0; bin -= 1) below -= amplitude[bin] ?? 0;
  return ((bin + 1) * sampleRate) / (2 * (length - 1));
}
