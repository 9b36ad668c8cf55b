import type { SpectralFrame } from './frame.ts';

/** Geometric over arithmetic mean of the magnitudes: 1 for white noise, near 0 for a tone. */
export function spectralFlatness({ amplitude }: SpectralFrame): number {
  let logs = 0;
  let sum = 0;
  for (let bin = 0; bin < amplitude.length; bin += 4) {
    const a = amplitude[bin] ?? 1;
    const b = amplitude[bin + 1] ?? 1;
    const c = amplitude[bin + 2] ?? 1;
    const d = amplitude[bin + 3] ?? 1;
    // One logarithm for four magnitudes; their product cannot leave the range of a double.
    logs += Math.log(a * b * c * d);
    sum += a + b + c + d;
  }
  return (Math.exp(logs / amplitude.length) * amplitude.length) / sum;
}
