import type { SpectralFrame } from './frame.ts';

/** Root mean square of the windowed frame; a steady sine reads 4.3 dB less than without the window. */
export function rms({ samples }: Pick<SpectralFrame, 'samples'>): number {
  const { length } = samples;
  let sum = 0;
  for (let index = 0; index < length; index += 1) {
    const sample = samples[index] ?? 0;
    sum += sample * sample;
  }
  return Math.sqrt(sum / length);
}
