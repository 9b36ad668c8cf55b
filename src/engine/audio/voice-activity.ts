import { join32 } from '#shared/domain/float32.ts';
import { createLevelMeter, type LevelMeter } from './level.ts';
import { sileroChunk, sileroContext } from './silero/frames.ts';
import { loadSilero, freshState } from './silero/silero.ts';
import type { Silero } from './silero/silero.ts';

/** Samples at 16 kHz that one probability is about. */
export const activityChunk = sileroChunk;

export interface VoiceActivity {
  readonly kind: 'native' | 'portable';
  stream(options?: StreamOptions): VoiceActivityStream;
  dispose(): Promise<void>;
}

interface StreamOptions {
  /**
   * Chunks that are brought to one level and judged together. The more, the surer the level of a recording's beginning
   * and the faster the answers; 1 for live sound, which is answered chunk by chunk.
   */
  readonly chunksTogether?: number;
  /** Chunks that the level is measured over; all of them by default, which takes ever longer where sound has no end. */
  readonly levelChunks?: number;
}

/** Judges one recording, handed over in parts of any length. */
interface VoiceActivityStream {
  /**
   * @param samples mono at 16 kHz
   * @returns the probabilities of speech that are certain by now and were not before, one for each 512 samples: as many
   *   as `chunksTogether` at a time
   */
  push(samples: Float32Array): Promise<Float32Array>;
  /** The rest; the last chunk is filled up with silence. */
  finish(): Promise<Float32Array>;
}

/** Four minutes and 22 seconds. */
const usualChunksTogether = 8192;

/**
 * Voice activity by Silero v6. Each recording is brought to a common level first, measured from its beginning to the end
 * of the block at hand, so that speech recorded 20 dB quieter gets the same answer. Where the blocks lie depends on the
 * recording alone: it may be handed over whole or in parts, the answer is the same.
 */
export async function createVoiceActivity({
  portable,
}: { readonly portable?: boolean } = {}): Promise<VoiceActivity> {
  const silero = await loadSilero(portable);
  return {
    kind: silero.kind,
    stream: ({ chunksTogether = usualChunksTogether, levelChunks } = {}) =>
      createStream(silero, chunksTogether, createLevelMeter(levelChunks)),
    dispose: () => silero.release(),
  };
}

function createStream(
  silero: Silero,
  chunksTogether: number,
  level: LevelMeter,
): VoiceActivityStream {
  const block = chunksTogether * sileroChunk;
  /** What the block before ended with, then the block that is being filled. */
  const sound = new Float32Array(sileroContext + block);
  let filled = 0;
  let state = freshState;

  async function judgeBlock(): Promise<Float32Array> {
    const chunks = Math.ceil(filled / sileroChunk);
    sound.fill(0, sileroContext + filled);
    for (let chunk = 0; chunk < chunks; chunk += 1) level.add(chunkAt(sound, chunk));
    const heard = sound.subarray(0, sileroContext + chunks * sileroChunk);
    const judged = await silero.judge(heard, state, level.gain());
    state = judged.state;
    sound.copyWithin(0, block);
    filled = 0;
    return judged.probabilities;
  }

  return {
    async push(samples) {
      const results: Float32Array[] = [];
      for (let at = 0; at < samples.length;) {
        const part = samples.subarray(at, at + block - filled);
        sound.set(part, sileroContext + filled);
        filled += part.length;
        at += part.length;
        if (filled === block) results.push(await judgeBlock());
      }
      return join32(results);
    },
    finish: () => (filled === 0 ? Promise.resolve(new Float32Array(0)) : judgeBlock()),
  };
}

function chunkAt(sound: Float32Array, chunk: number): Float32Array {
  const at = sileroContext + chunk * sileroChunk;
  return sound.subarray(at, at + sileroChunk);
}
