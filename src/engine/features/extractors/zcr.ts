import type { SpectralFrame } from './frame.ts';

/** Zero crossings in the frame; zero counts as positive. */
export function zcr({ samples }: SpectralFrame): number {
  let crossings = 0;
  // The window makes the first sample zero, which is positive.
  let wasNegative = 0;
  for (let index = 1; index < samples.length; index += 1) {
    const isNegative = (samples[index] ?? 0) < 0 ? 1 : 0;
    crossings += isNegative ^ wasNegative;
    wasNegative = isNegative;
  }
  return crossings;
}
