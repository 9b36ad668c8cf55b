import type { RealFft } from '../fft.ts';
import { sampleRate } from '../frames.ts';
import { hannWindow } from '../window.ts';
import { strongestPeaks } from './peaks.ts';

const lowestPitch = 60;
const highestPitch = 600;

/** Three periods of the lowest pitch (50 ms): the least that a Hann window needs to see its period. */
export const pitchFrameSize = (3 * sampleRate) / lowestPitch;
/** Holds a frame and the longest lag without wrapping around; a size that PFFFT likes. */
export const pitchFftSize = 1152;

const longestLag = Math.ceil(sampleRate / lowestPitch);
const shortestLag = Math.floor(sampleRate / highestPitch);
const hertzPerBin = sampleRate / pitchFftSize;
/**
 * Only what lies below 5 kHz is correlated: then three samples are enough to find the top of a peak by a
 * parabola, even where the harmonics do not fall off.
 */
const bandEnd = Math.round(5000 / hertzPerBin);

/** A period that a frame may have. */
export interface Period {
  /** In Hz. */
  readonly frequency: number;
  /** Normalised autocorrelation at its lag, 0 to 1. */
  readonly correlation: number;
  /** What speaks for it: its correlation, and a little for being short. */
  readonly strength: number;
  /** First harmonic over the second, in dB. */
  readonly firstOverSecond: number;
}

/** The likeliest periods of the frame at `buffer[start]`, strongest first; none in digital silence. */
export type FindPeriods = (buffer: Float32Array, start: number) => readonly Period[];

/**
 * The autocorrelation of a windowed frame over that of the window, whose peaks are the periods.
 * Boersma (1993), Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise
 * ratio of a sampled sound, IFA Proceedings 17, 97-110; peaks by parabola instead of sinc interpolation.
 */
export function createPeriodFinder(fft: RealFft): FindPeriods {
  const window = hannWindow(pitchFrameSize);
  const power = new Float32Array(bandEnd);
  const overWindow = windowCorrelation(window, fft, power).map((value) => 1 / value);
  const correlation = new Float32Array(longestLag + 2);

  return (buffer, start) => {
    loadFrame(buffer, start, window, fft.time);
    autocorrelate(fft, power);
    const energy = fft.time[0] ?? 0;
    if (energy <= 0) return [];
    const scale = 1 / energy;
    for (let lag = shortestLag - 1; lag < correlation.length; lag += 1) {
      correlation[lag] = (fft.time[lag] ?? 0) * scale * (overWindow[lag] ?? 1);
    }
    return strongestPeaks(correlation, shortestLag, longestLag).map(
      ({ lag, height, strength }) => ({
        frequency: sampleRate / lag,
        correlation: height,
        strength,
        firstOverSecond: firstOverSecond(power, sampleRate / lag / hertzPerBin),
      }),
    );
  };
}

/** The frame without its mean, times the window, and zeros after it. */
function loadFrame(
  buffer: Float32Array,
  start: number,
  window: Float32Array,
  into: Float32Array,
): void {
  // Two sums side by side: one alone would wait for each addition to be done.
  let [even, odd] = [0, 0];
  for (let index = 0; index < pitchFrameSize; index += 2) {
    even += buffer[start + index] ?? 0;
    odd += buffer[start + index + 1] ?? 0;
  }
  const mean = (even + odd) / pitchFrameSize;
  for (let index = 0; index < pitchFrameSize; index += 1) {
    into[index] = ((buffer[start + index] ?? 0) - mean) * (window[index] ?? 0);
  }
  into.fill(0, pitchFrameSize);
}

/** `time` becomes its own autocorrelation below 5 kHz; `power` gets the spectrum of that band. */
function autocorrelate(fft: RealFft, power: Float32Array): void {
  fft.forward();
  const { spectrum } = fft;
  power[0] = (spectrum[0] ?? 0) ** 2;
  spectrum.set([power[0], 0]);
  for (let bin = 1; bin < bandEnd; bin += 1) {
    const real = spectrum[2 * bin] ?? 0;
    const imaginary = spectrum[2 * bin + 1] ?? 0;
    const value = real * real + imaginary * imaginary;
    power[bin] = value;
    spectrum[2 * bin] = value;
    spectrum[2 * bin + 1] = 0;
  }
  spectrum.fill(0, 2 * bandEnd);
  fft.inverse();
}

/** Autocorrelation of the window itself, 1 at lag 0. */
function windowCorrelation(window: Float32Array, fft: RealFft, power: Float32Array): Float32Array {
  fft.time.fill(0);
  fft.time.set(window);
  autocorrelate(fft, power);
  const energy = fft.time[0] ?? 1;
  return fft.time.slice(0, longestLag + 2).map((value) => value / energy);
}

function firstOverSecond(power: Float32Array, fundamentalBin: number): number {
  const first = powerNear(power, fundamentalBin);
  const second = powerNear(power, 2 * fundamentalBin);
  return 10 * Math.log10(first / second);
}

/** The highest bin within a tenth of a harmonic's frequency. */
function powerNear(power: Float32Array, bin: number): number {
  let highest = Number.MIN_VALUE;
  const end = Math.ceil(bin * 1.1);
  for (let index = Math.floor(bin * 0.9); index <= end; index += 1) {
    const value = power[index] ?? 0;
    if (value > highest) highest = value;
  }
  return highest;
}
