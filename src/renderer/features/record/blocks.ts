import type { SoundShape } from '#shared/contract/live.ts';
import { join32 } from '#shared/domain/float32.ts';

/** A twentieth of a second of sound, or a little more. */
export interface SoundBlock {
  /** Interleaved. */
  readonly samples: Float32Array;
  readonly frames: number;
  /** When its last sample was there, on the clock of `performance.now()`. */
  readonly arrivedAt: number;
  /** Seconds that the device left out before it. */
  readonly missing: number;
}

/** The part of a browser's `AudioData` that is needed. */
export type SoundChunk = Pick<
  AudioData,
  'numberOfFrames' | 'numberOfChannels' | 'sampleRate' | 'timestamp' | 'copyTo' | 'close'
>;

const blockSeconds = 0.05;
/** Time stamps of a busy machine waver; what is missing of a stream is longer than this. */
const leastMissing = 0.25;

/** Joins the chunks of a microphone to blocks, and notices what is missing between them. */
export function createBlockMaker(
  shape: SoundShape,
  onBlock: (block: SoundBlock) => void,
): (chunk: SoundChunk) => void {
  let parts: Float32Array[] = [];
  let frames = 0;
  let missing = 0;
  /** Microseconds at which the next chunk should begin. */
  let expected: number | null = null;

  return (chunk) => {
    const gap = expected === null ? 0 : (chunk.timestamp - expected) / 1e6;
    if (gap > leastMissing) missing += gap;
    expected = chunk.timestamp + (1e6 * chunk.numberOfFrames) / chunk.sampleRate;
    parts.push(interleave(chunk, shape.channels));
    frames += chunk.numberOfFrames;
    chunk.close();
    if (frames < blockSeconds * shape.sampleRate) return;
    const block = { samples: join32(parts), frames, arrivedAt: performance.now(), missing };
    parts = [];
    frames = 0;
    missing = 0;
    onBlock(block);
  };
}

/** A chunk that has fewer channels than the stream began with repeats its last one. */
function interleave(chunk: SoundChunk, channels: number): Float32Array {
  const samples = new Float32Array(chunk.numberOfFrames * channels);
  const plane = new Float32Array(chunk.numberOfFrames);
  for (let channel = 0; channel < channels; channel += 1) {
    const planeIndex = Math.min(channel, chunk.numberOfChannels - 1);
    chunk.copyTo(plane, { planeIndex, format: 'f32-planar' });
    for (let at = 0; at < plane.length; at += 1) samples[at * channels + channel] = plane[at] ?? 0;
  }
  return samples;
}
