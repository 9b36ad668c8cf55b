import type { SpectralFrame } from './frame.ts';

/** Largest magnitude over their root mean square. */
export function spectralCrest({ amplitude }: SpectralFrame): number {
  const { length } = amplitude;
  let peak = 0;
  let squares = 0;
  for (let bin = 0; bin < length; bin += 1) {
    const magnitude = amplitude[bin] ?? 0;
    if (magnitude > peak) peak = magnitude;
    squares += magnitude * magnitude;
  }
  return peak / Math.sqrt(squares / length);
}
