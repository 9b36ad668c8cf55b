import type { RealFft } from '../features/fft.ts';
import { frameSize, hopSize, sampleRate, createFramer } from '../features/frames.ts';
import { hannWindow } from '../features/window.ts';
import { byteOfDecibels } from '#shared/domain/views.ts';
import { frequencyAt } from '#shared/domain/frequency-scale.ts';

/** Frequencies that a column tells apart. */
export const spectrogramRows = 128;

/** Cuts sound into columns of a spectrogram, one a hop; `visit` gets each in an array that is used again. */
export interface ColumnSource {
  /** Mono samples at 16 kHz. */
  readonly push: (samples: Float32Array) => void;
  readonly finish: () => void;
}

export function createColumns(fft: RealFft, visit: (column: Uint8Array) => void): ColumnSource {
  const window = hannWindow(frameSize);
  const filters = rowFilters();
  // A sine at full scale has this power in its bin.
  const fullScale = (window.reduce((sum, weight) => sum + weight, 0) / 2) ** 2;
  const power = new Float32Array(frameSize / 2 + 1);
  const column = new Uint8Array(spectrogramRows);
  // Column i shows the ten milliseconds that begin at i hops: the middle of its frame is the middle of those.
  const lead = (frameSize - hopSize) / 2;
  return createFramer(frameSize, lead, (buffer, start) => {
    for (let index = 0; index < frameSize; index += 1) {
      fft.time[index] = (buffer[start + index] ?? 0) * (window[index] ?? 0);
    }
    fft.forward();
    powers(fft.spectrum, power);
    for (let row = 0; row < spectrogramRows; row += 1) {
      const { first, weights } = filters[row] ?? nothing;
      let sum = 0;
      for (let index = 0; index < weights.length; index += 1) {
        sum += (weights[index] ?? 0) * (power[first + index] ?? 0);
      }
      column[row] = byteOfDecibels(10 * Math.log10(sum / fullScale));
    }
    visit(column);
  });
}

interface RowFilter {
  /** Bin of the first weight. */
  readonly first: number;
  /** Add up to 1. */
  readonly weights: Float32Array;
}
const nothing: RowFilter = { first: 0, weights: new Float32Array() };

/**
 * A triangle for each row, as wide as from the row below to the row above; where rows lie closer than bins, as at the
 * bottom, as wide as from one bin to the next, so that rows between bins are mixed from both.
 */
function rowFilters(): readonly RowFilter[] {
  const binHertz = sampleRate / frameSize;
  const bins = frameSize / 2 + 1;
  const binAt = (row: number): number => frequencyAt((row + 0.5) / spectrogramRows) / binHertz;
  return Array.from({ length: spectrogramRows }, (_, row) => {
    const middle = binAt(row);
    const below = Math.max(1, middle - binAt(row - 1));
    const above = Math.max(1, binAt(row + 1) - middle);
    const first = Math.max(0, Math.ceil(middle - below));
    const last = Math.min(bins - 1, Math.floor(middle + above));
    const weights = Float32Array.from({ length: last - first + 1 }, (_unused, index) => {
      const away = first + index - middle;
      return Math.max(0, 1 - Math.abs(away) / (away < 0 ? below : above));
    });
    const sum = weights.reduce((all, weight) => all + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

function powers(spectrum: Float32Array, power: Float32Array): void {
  const last = power.length - 1;
  power[0] = (spectrum[0] ?? 0) ** 2;
  power[last] = (spectrum[1] ?? 0) ** 2;
  for (let bin = 1; bin < last; bin += 1) {
    power[bin] = (spectrum[2 * bin] ?? 0) ** 2 + (spectrum[2 * bin + 1] ?? 0) ** 2;
  }
}
