import type { SpectralFrame } from './frame.ts';

/** Root mean square of the windowed frame; a steady sine reads 4.3 dB less than without the window. */
export function rms({ samples }: Pick<SpectralFrame, 'samples'>): number {
  const { length } = samples;
  // Two sums side by side: one alone would wait for each addition to be done.
  let [even, odd] = [0, 0];
  for (let index = 0; index < length; index += 2) {
    even += (samples[index] ?? 0) ** 2;
    odd += (samples[index + 1] ?? 0) ** 2;
  }
  return Math.sqrt((even + odd) / length);
}
