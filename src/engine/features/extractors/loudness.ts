import { frameSize, sampleRate, spectrumBins } from '../frames.ts';
import type { SpectralFrame } from './frame.ts';

const barkBands = 24;
const limits = barkLimits();

/** Meyda's total loudness: the sum over 24 Bark bands of the summed magnitudes to the power of 0.23. */
export function loudness({ amplitude }: SpectralFrame): number {
  return specificLoudness(amplitude).total;
}

/** Total loudness and that of the loudest Bark band. */
export function specificLoudness(amplitude: Float32Array): { total: number; loudest: number } {
  let total = 0;
  let loudest = 0;
  for (let band = 0; band < barkBands; band += 1) {
    let sum = 0;
    const end = limits[band + 1] ?? 0;
    for (let bin = limits[band] ?? 0; bin < end; bin += 1) sum += amplitude[bin] ?? 0;
    const specific = sum ** 0.23;
    total += specific;
    if (specific > loudest) loudest = specific;
  }
  return { total, loudest };
}

/** First bin of each band, and 255 at the end: bands of equal width in Bark, as Meyda cuts them. */
function barkLimits(): readonly number[] {
  const bark = Float32Array.from({ length: spectrumBins }, (_, bin) => {
    const frequency = Math.fround((bin * sampleRate) / frameSize);
    return 13 * Math.atan(frequency / 1315.8) + 3.5 * Math.atan((frequency / 7518) ** 2);
  });
  const top = bark[spectrumBins - 1] ?? 0;
  const inner = Array.from({ length: barkBands - 1 }, (_, index) =>
    bark.findIndex((value) => value > ((index + 1) * top) / barkBands),
  );
  return [0, ...inner, spectrumBins - 1];
}
