import { frameSize, sampleRate, spectrumBins } from './frames.ts';

/** One triangular filter: `weights[i]` belongs to bin `start + i`. */
export interface MelFilter {
  readonly start: number;
  readonly weights: Float32Array;
}

/**
 * The most bands that 512 points at 16 kHz can tell apart. From 59 on, Meyda's first filter covers
 * nothing but the constant part of the frame; from 74 on, some cover no bin at all.
 */
export const largestBandCount = 58;

/**
 * Meyda's mel filters (`createMelFilterBank`): triangles from 0 Hz to Nyquist on the scale
 * 1125 ln(1 + f / 700), their corners rounded down to bins as if the frame had one sample more.
 * Corners are kept in single precision on the way, as there, so that each falls into the same bin.
 */
export function melFilters(bands: number): readonly MelFilter[] {
  const step = toMel(sampleRate / 2) / (bands + 1);
  const corner = (index: number) =>
    Math.floor(((frameSize + 1) * toFrequency(index * step)) / sampleRate);
  return Array.from({ length: bands }, (_, band) =>
    triangle(corner(band), corner(band + 1), corner(band + 2)),
  );
}

/** Rises from 0 at `left` to 1 at `peak` and falls to 0 at `right`; the last bin of Meyda's is 255. */
function triangle(left: number, peak: number, right: number): MelFilter {
  const end = Math.min(right, spectrumBins);
  const weights = Float32Array.from({ length: end - left }, (_, index) => {
    const bin = left + index;
    return bin < peak ? index / (peak - left) : (right - bin) / (right - peak);
  });
  return { start: left, weights };
}

function toMel(frequency: number): number {
  return 1125 * Math.log(1 + frequency / 700);
}

function toFrequency(mel: number): number {
  return Math.fround(700 * (Math.exp(Math.fround(mel) / 1125) - 1));
}
