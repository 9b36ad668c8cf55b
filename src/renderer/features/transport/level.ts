import type { Peaks } from '#shared/domain/peaks.ts';

/** Quietest level that the meter shows, in dB below full scale. */
const meterFloor = -60;

/** The highest peak in the 50 ms that end at `seconds`, in dBFS: what the ear has just got. */
export function levelAt(peaks: Peaks, sampleRate: number, seconds: number): number {
  const perSecond = sampleRate / peaks.samplesPerBlock;
  const last = Math.min(Math.floor(seconds * perSecond), peaks.maxima.length - 1);
  const first = Math.max(0, Math.floor((seconds - 0.05) * perSecond));
  return toDecibels(highestPeak(peaks, first, last + 1));
}

/** The largest distance from zero in the blocks `[first, end)`, 0 to 1. */
export function highestPeak(peaks: Peaks, first = 0, end = peaks.maxima.length): number {
  let highest = 0;
  for (let block = first; block < end; block += 1) {
    highest = Math.max(highest, peaks.maxima[block] ?? 0, -(peaks.minima[block] ?? 0));
  }
  return highest;
}

export function toDecibels(amplitude: number): number {
  return 20 * Math.log10(amplitude);
}

/** Where a level stands on the meter, from 0 (at or below the floor) to 1 (full scale). */
export function meterShare(level: number): number {
  return Math.min(1, Math.max(0, 1 - level / meterFloor));
}
