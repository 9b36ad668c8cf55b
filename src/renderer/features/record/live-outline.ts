import type { Peaks } from '#shared/domain/peaks.ts';

/** The outline of the last stretch of a recording; it keeps no more than that. */
export interface LiveOutline {
  /** @param samples interleaved */
  readonly push: (samples: Float32Array, channels: number) => void;
  /** Seconds pushed so far. */
  readonly seconds: () => number;
  /** Lowest and highest samples in `columns` equal parts of a stretch; nothing where nothing is known. */
  readonly between: (
    start: number,
    end: number,
    columns: number,
  ) => Pick<Peaks, 'minima' | 'maxima'>;
}

const blocksPerSecond = 100;

/** @param most seconds that are kept */
export function createLiveOutline(sampleRate: number, most: number): LiveOutline {
  const size = Math.ceil(most * blocksPerSecond);
  const minima = new Float32Array(size);
  const maxima = new Float32Array(size);
  const perBlock = sampleRate / blocksPerSecond;
  let frames = 0;
  let reached = -1;

  function add(sample: number): void {
    const block = Math.floor(frames / perBlock);
    const at = block % size;
    if (block > reached) {
      reached = block;
      minima[at] = maxima[at] = sample;
    } else {
      minima[at] = Math.min(minima[at] ?? 0, sample);
      maxima[at] = Math.max(maxima[at] ?? 0, sample);
    }
  }

  return {
    push: (samples, channels) => {
      for (let at = 0; at < samples.length; at += channels) {
        for (let channel = 0; channel < channels; channel += 1) add(samples[at + channel] ?? 0);
        frames += 1;
      }
    },
    seconds: () => frames / sampleRate,
    between: (start, end, columns) => {
      const lows = new Float32Array(columns);
      const highs = new Float32Array(columns);
      const perColumn = ((end - start) * blocksPerSecond) / columns;
      for (let column = 0; column < columns; column += 1) {
        const first = Math.floor(start * blocksPerSecond + column * perColumn);
        const last = Math.max(first + 1, Math.floor(first + perColumn));
        for (let block = first; block < last; block += 1) {
          if (block < 0 || block > reached || block <= reached - size) continue;
          lows[column] = Math.min(lows[column] ?? 0, minima[block % size] ?? 0);
          highs[column] = Math.max(highs[column] ?? 0, maxima[block % size] ?? 0);
        }
      }
      return { minima: lows, maxima: highs };
    },
  };
}
