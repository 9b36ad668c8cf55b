import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { openSession, type Session } from '#engine/onnx/session.ts';
import { createPacer } from '#engine/pacer.ts';
import { gatherFrames, sileroChunk } from './frames.ts';
import { memoryUnits, sileroGraph, spectrumFrame } from './graph.ts';
import { readSileroWeights } from './weights.ts';

/** What a recording's chunks leave behind for the next ones: the two states of the model's LSTM. */
export interface SileroState {
  readonly h: Float32Array;
  readonly c: Float32Array;
}

export const freshState: SileroState = {
  h: new Float32Array(memoryUnits),
  c: new Float32Array(memoryUnits),
};

export interface Silero {
  readonly kind: 'native' | 'portable';
  /**
   * @param sound at 16 kHz: the last 64 samples of the chunk before (zeros at the beginning), then whole chunks of 512
   * @param gain that all samples are multiplied by first, 1 by default
   * @returns one probability of speech a chunk, and the state to hand in with the next ones
   */
  judge(sound: Float32Array, state: SileroState, gain?: number): Promise<Judged>;
  release(): Promise<void>;
}

interface Judged {
  readonly probabilities: Float32Array;
  readonly state: SileroState;
}

/** Chunks judged in one call (8 s): enough for the matrices to be large, few enough to stay in the processor's cache. */
const together = 256;

/**
 * Silero VAD v6 (https://github.com/snakers4/silero-vad, MIT), as @ricky0123/vad-web ships it.
 *
 * @param portable as for `loadRuntime`
 */
export async function loadSilero(portable?: boolean): Promise<Silero> {
  // Not called `require`: the bundler of the app declares one by that name.
  const locate = createRequire(import.meta.url);
  const file = await readFile(locate.resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx'));
  const model = sileroGraph(readSileroWeights(file));
  // Its LSTM is one step after another; a second thread would wait for the first.
  const session = await openSession(model, { portable, threads: 1 });
  return {
    kind: session.kind,
    judge: async (sound, before, gain = 1) => {
      const chunks = Math.floor(sound.length / sileroChunk);
      const probabilities = new Float32Array(chunks);
      const pace = createPacer();
      let state = before;
      for (let at = 0; at < chunks; at += together) {
        const frames = gatherFrames(sound, at, Math.min(chunks, at + together), gain);
        const judged = await judgeFrames(session, frames, state);
        probabilities.set(judged.probabilities, at);
        state = judged.state;
        await pace();
      }
      return { probabilities, state };
    },
    release: session.release,
  };
}

async function judgeFrames(
  session: Session,
  frames: Float32Array,
  { h, c }: SileroState,
): Promise<Judged> {
  const shape = [1, 1, memoryUnits];
  const { probabilities, hEnd, cEnd } = await session.run({
    frames: { values: frames, shape: [frames.length / spectrumFrame, spectrumFrame] },
    h: { values: h, shape },
    c: { values: c, shape },
  });
  if (!probabilities || !hEnd || !cEnd) throw new Error('the voice activity model gave too little');
  return { probabilities, state: { h: hEnd, c: cEnd } };
}
