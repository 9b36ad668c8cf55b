import { join32 } from '#shared/domain/float32.ts';
import { createLevelMeter } from './level.ts';
import { createPacer } from './pacer.ts';
import {
  emptyState,
  loadSilero,
  sileroChunk,
  sileroContext,
  withFreshStreamFirst,
} from './silero.ts';
import type { Silero, SileroState } from './silero.ts';

/** Samples at 16 kHz that one probability is about. */
export const activityChunk = sileroChunk;

export interface VoiceActivity {
  readonly kind: 'native' | 'portable';
  stream(): VoiceActivityStream;
  dispose(): Promise<void>;
}

/** Judges one recording, handed over in parts of any length. */
interface VoiceActivityStream {
  /**
   * @param samples mono at 16 kHz
   * @returns the probabilities of speech that are certain by now and were not before, one for each 512 samples; most come
   *   some minutes of sound later, many at a time
   */
  push(samples: Float32Array): Promise<Float32Array>;
  /** The rest; the last chunk is filled up with silence. */
  finish(): Promise<Float32Array>;
}

/** Chunks in a piece (16.4 s), and of what precedes it that a piece hears first (4.1 s) to know where it is. */
const piece = 512;
const leadIn = 128;
/** Pieces judged together. One stream alone runs at a third of the speed of sixteen. */
const piecesTogether = 16;
const block = piecesTogether * piece * sileroChunk;
const kept = leadIn * sileroChunk + sileroContext;

/**
 * Voice activity by Silero v6. Each recording is brought to a common level first, measured from its beginning to the end
 * of the block at hand, so that speech recorded 20 dB quieter gets the same answer. Where the pieces lie depends on the
 * recording alone: it may be handed over whole or in parts, the answer is the same.
 */
export async function createVoiceActivity({
  portable = process.env['UNDERTONE_ENGINE'] === 'portable',
}: { readonly portable?: boolean } = {}): Promise<VoiceActivity> {
  const silero = await loadSilero(portable);
  return {
    kind: silero.kind,
    stream: () => createStream(silero),
    dispose: () => silero.release(),
  };
}

function createStream(silero: Silero): VoiceActivityStream {
  const level = createLevelMeter();
  /** What the block before ended with, then the block that is being filled. */
  const sound = new Float32Array(kept + block);
  let filled = 0;
  let heard = false;

  async function judgeBlock(): Promise<Float32Array> {
    const chunks = Math.ceil(filled / sileroChunk);
    sound.fill(0, kept + filled);
    for (let chunk = 0; chunk < chunks; chunk += 1) level.add(chunkAt(sound, chunk));
    const gain = level.gain();
    const levelled = sound.subarray(0, kept + chunks * sileroChunk).map((sample) => sample * gain);
    const judged = await judgePieces(silero, levelled, chunks, heard);
    sound.copyWithin(0, block);
    [filled, heard] = [0, true];
    return judged;
  }

  return {
    async push(samples) {
      const results: Float32Array[] = [];
      for (let at = 0; at < samples.length;) {
        const part = samples.subarray(at, at + block - filled);
        sound.set(part, kept + filled);
        filled += part.length;
        at += part.length;
        if (filled === block) results.push(await judgeBlock());
      }
      return join32(results);
    },
    finish: () => (filled === 0 ? Promise.resolve(new Float32Array(0)) : judgeBlock()),
  };
}

/** @param heard whether the sound before the block is part of the recording too */
async function judgePieces(
  silero: Silero,
  sound: Float32Array,
  chunks: number,
  heard: boolean,
): Promise<Float32Array> {
  const starts = Array.from({ length: Math.ceil(chunks / piece) }, (_, index) => index * piece);
  // The first piece of a recording has nothing before it and joins the others after their lead-in.
  const early = heard ? starts : starts.slice(1);
  const pace = createPacer();
  let state: SileroState = emptyState(early.length);
  for (let step = -leadIn; step < 0 && early.length > 0; step += 1) {
    ({ state } = await silero.judge(gather(sound, early, step), state));
    await pace();
  }
  if (!heard) state = withFreshStreamFirst(state);
  const judged = new Float32Array(starts.length * piece);
  for (let step = 0; step < Math.min(piece, chunks); step += 1) {
    const result = await silero.judge(gather(sound, starts, step), state);
    state = result.state;
    result.probabilities.forEach((value, index) => (judged[index * piece + step] = value));
    await pace();
  }
  return judged.slice(0, chunks);
}

/** For each piece, its chunk number `step` with the context that the model wants before it. */
function gather(sound: Float32Array, starts: readonly number[], step: number): Float32Array {
  const width = sileroContext + sileroChunk;
  const input = new Float32Array(starts.length * width);
  starts.forEach((start, index) => {
    const at = kept + (start + step) * sileroChunk - sileroContext;
    input.set(sound.subarray(at, at + width), index * width);
  });
  return input;
}

function chunkAt(sound: Float32Array, chunk: number): Float32Array {
  const at = kept + chunk * sileroChunk;
  return sound.subarray(at, at + sileroChunk);
}
