import type { Peaks } from '#shared/domain/peaks.ts';
import type { Planes } from './frame-converter.ts';

/** Extremes of the sound in blocks, in steps of 1 / 32767: minimum, maximum, minimum, maximum, ... */
type PeakPairs = Int16Array<ArrayBuffer>;

/** The outline of a recording at several resolutions. */
export interface PeakPyramid {
  readonly sampleRate: number;
  /** Length of the recording. */
  readonly samples: number;
  /** Samples that a block of the finest level spans; the next level's blocks span four times as many, and so on. */
  readonly samplesPerBlock: number;
  /** Finest first. The last block of a level may span less than the others. */
  readonly levels: readonly PeakPairs[];
}

/** Blocks of one level that make one of the next. */
const levelFactor = 4;
/** No screen needs less than this of a whole recording. */
const fewestBlocks = 1024;
const fullScale = 32_767;

/** The finest level that a screen can use has 100 to 200 blocks a second. */
function finestBlock(sampleRate: number): number {
  return 2 ** Math.ceil(Math.log2(sampleRate / 200));
}

/** How many levels a recording of this length gets, and how many blocks each has. */
export function blocksOfLevels(samples: number, samplesPerBlock: number): readonly number[] {
  const counts = [Math.ceil(samples / samplesPerBlock)];
  for (let last = counts[0] ?? 0; last > fewestBlocks;) {
    last = Math.ceil(last / levelFactor);
    counts.push(last);
  }
  return counts;
}

export interface PeakBuilder {
  push(planes: Planes): void;
  /** How many were pushed. */
  samples(): number;
  /** The outline of what was pushed, in a few thousand blocks, and silence from there to `expected` samples. */
  soFar(expected: number): Peaks;
  finish(): PeakPyramid;
}

/** Collects the outline while samples stream by. Channels are merged: the outline holds all of them. */
export function createPeakBuilder(sampleRate: number): PeakBuilder {
  const samplesPerBlock = finestBlock(sampleRate);
  let finest: PeakPairs = new Int16Array(0);
  let samples = 0;

  return {
    push(planes) {
      const length = planes[0]?.length ?? 0;
      finest = withRoom(finest, 2 * Math.ceil((samples + length) / samplesPerBlock));
      for (let from = 0; from < length;) {
        const block = Math.floor((samples + from) / samplesPerBlock);
        const to = Math.min(length, (block + 1) * samplesPerBlock - samples);
        for (const plane of planes) widen(finest, block, plane, from, to);
        from = to;
      }
      samples += length;
    },
    samples: () => samples,
    soFar(expected) {
      const blocks = Math.ceil(samples / samplesPerBlock);
      return sketchOf(finest.subarray(0, 2 * blocks), Math.max(expected, samples), samplesPerBlock);
    },
    finish() {
      const [blocks = 0, ...coarser] = blocksOfLevels(samples, samplesPerBlock);
      let level = finest.slice(0, 2 * blocks);
      const levels = [level, ...coarser.map((count) => (level = coarsen(level, count)))];
      return { sampleRate, samples, samplesPerBlock, levels };
    },
  };
}

/** A block that nothing was seen of: any sample is lower than its minimum and higher than its maximum. */
const unseen = [fullScale, -fullScale] as const;

/** Grows by doubling, so that an hour costs no more copies than a minute. */
function withRoom(pairs: PeakPairs, length: number): PeakPairs {
  if (pairs.length >= length) return pairs;
  const grown = new Int16Array(Math.max(length, 2 * pairs.length, 8192));
  for (let at = pairs.length; at < grown.length; at += 2) grown.set(unseen, at);
  grown.set(pairs);
  return grown;
}

function widen(
  pairs: PeakPairs,
  block: number,
  plane: Float32Array,
  from: number,
  to: number,
): void {
  let [low, high] = [Infinity, -Infinity];
  for (let at = from; at < to; at += 1) {
    const sample = plane[at] ?? 0;
    if (sample < low) low = sample;
    if (sample > high) high = sample;
  }
  pairs[2 * block] = Math.min(pairs[2 * block] ?? 0, quantise(low));
  pairs[2 * block + 1] = Math.max(pairs[2 * block + 1] ?? 0, quantise(high));
}

function quantise(sample: number): number {
  return Math.round(Math.max(-1, Math.min(1, sample)) * fullScale);
}

function coarsen(finer: PeakPairs, blocks: number): PeakPairs {
  const pairs = new Int16Array(2 * blocks);
  for (let at = 0; at < pairs.length; at += 2) pairs.set(unseen, at);
  for (let at = 0; at < finer.length; at += 2) {
    const to = 2 * Math.floor(at / 2 / levelFactor);
    pairs[to] = Math.min(pairs[to] ?? 0, finer[at] ?? 0);
    pairs[to + 1] = Math.max(pairs[to + 1] ?? 0, finer[at + 1] ?? 0);
  }
  return pairs;
}

/** As many as a wide screen has columns, twice: it is drawn again every moment. */
const sketchBlocks = 8192;

function sketchOf(finest: PeakPairs, samples: number, finestSize: number): Peaks {
  const together = Math.max(1, Math.ceil(samples / finestSize / sketchBlocks));
  const samplesPerBlock = together * finestSize;
  const blocks = Math.ceil(samples / samplesPerBlock);
  const [minima, maxima] = [new Float32Array(blocks), new Float32Array(blocks)];
  for (let at = 0; at < finest.length; at += 2) {
    const block = Math.floor(at / 2 / together);
    minima[block] = Math.min(minima[block] ?? 0, (finest[at] ?? 0) / fullScale);
    maxima[block] = Math.max(maxima[block] ?? 0, (finest[at + 1] ?? 0) / fullScale);
  }
  return { samplesPerBlock, minima, maxima };
}

/**
 * The finest level that has no more than `mostBlocks`, as the screen wants it: -1..1, minima and maxima apart.
 */
export function peaksForScreen({ samplesPerBlock, levels }: PeakPyramid, mostBlocks = 2e6): Peaks {
  const fitting = levels.findIndex((pairs) => pairs.length / 2 <= mostBlocks);
  const level = fitting < 0 ? levels.length - 1 : fitting;
  const pairs = levels[level] ?? new Int16Array(0);
  const pick = (offset: 0 | 1): Float32Array =>
    Float32Array.from(
      { length: pairs.length / 2 },
      (_, at) => (pairs[2 * at + offset] ?? 0) / fullScale,
    );
  return {
    samplesPerBlock: samplesPerBlock * levelFactor ** level,
    minima: pick(0),
    maxima: pick(1),
  };
}
