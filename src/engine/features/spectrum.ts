import { descriptors } from './descriptors.ts';
import type { SpectralFrame } from './extractors/frame.ts';
import { spectralMoments } from './extractors/moments.ts';
import { rms } from './extractors/rms.ts';
import type { RealFft } from './fft.ts';
import { frameSize, spectrumBins } from './frames.ts';
import { levelAt, rawLayout } from './layout.ts';
import { melFilters, type MelFilter } from './mel.ts';
import type { FeatureSettings } from './settings.ts';
import { hannWindow } from './window.ts';

/** Analyses the 512 samples at `buffer[start]` into the raw row that starts at `data[at]`. */
export type AnalyseFrame = (
  buffer: Float32Array,
  start: number,
  data: Float32Array,
  at: number,
) => void;

/** Level, mel bands (linear: power, not yet its logarithm) and descriptors of one frame after another. */
export function createFrameAnalyser(settings: FeatureSettings, fft: RealFft): AnalyseFrame {
  const { bandsAt, descriptorsAt } = rawLayout(settings);
  const chosen = settings.descriptors.map((name) => descriptors[name]);
  const needsMoments = chosen.some(({ needs }) => needs === 'moments');
  const needsAmplitude = needsMoments || chosen.some(({ needs }) => needs === 'amplitude');
  const filters = melFilters(settings.spectrum.bands);
  const window = hannWindow(frameSize);
  const power = new Float32Array(spectrumBins);
  const frame: SpectralFrame = {
    samples: fft.time,
    amplitude: new Float32Array(spectrumBins),
    moments: new Float64Array(5),
  };

  return (buffer, start, data, at) => {
    for (let index = 0; index < frameSize; index += 1) {
      fft.time[index] = (buffer[start + index] ?? 0) * (window[index] ?? 0);
    }
    fft.forward();
    powerSpectrum(fft.spectrum, power);
    data[at + levelAt] = rms(frame);
    melBands(filters, power, data, at + bandsAt);
    if (needsAmplitude) squareRoots(power, frame.amplitude);
    if (needsMoments) spectralMoments(frame.amplitude, frame.moments);
    let column = at + descriptorsAt;
    for (const { extract } of chosen) data[column++] = extract(frame);
  };
}

function powerSpectrum(spectrum: Float32Array, power: Float32Array): void {
  power[0] = (spectrum[0] ?? 0) ** 2;
  for (let bin = 1; bin < spectrumBins; bin += 1) {
    const real = spectrum[2 * bin] ?? 0;
    const imaginary = spectrum[2 * bin + 1] ?? 0;
    power[bin] = real * real + imaginary * imaginary;
  }
}

function squareRoots(power: Float32Array, amplitude: Float32Array): void {
  for (let bin = 0; bin < spectrumBins; bin += 1) amplitude[bin] = Math.sqrt(power[bin] ?? 0);
}

function melBands(
  filters: readonly MelFilter[],
  power: Float32Array,
  data: Float32Array,
  at: number,
): void {
  let column = at;
  for (const { start, weights } of filters) {
    let sum = 0;
    for (let index = 0; index < weights.length; index += 1) {
      sum += (weights[index] ?? 0) * (power[start + index] ?? 0);
    }
    data[column++] = sum;
  }
}
