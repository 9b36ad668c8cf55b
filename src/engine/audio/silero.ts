import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';

/** Rate and chunk of the model: it judges 32 ms at a time and sees 4 ms of what came before. */
const sileroRate = 16_000;
export const sileroChunk = 512;
export const sileroContext = 64;
/** Numbers of memory that a stream carries from one chunk to the next, in each of two layers. */
const memory = 128;

/** Streams that are judged together, one chunk of each at a time. */
export interface SileroState {
  readonly streams: number;
  /** [2][streams][128] */
  readonly data: Float32Array;
}

export interface Silero {
  readonly kind: 'native' | 'portable';
  /**
   * @param input [streams][64 + 512] samples: the end of the chunk before, then the chunk
   * @returns one probability of speech a stream, and the state to hand in with the next chunks
   */
  judge(
    input: Float32Array,
    state: SileroState,
  ): Promise<{ readonly probabilities: Float32Array; readonly state: SileroState }>;
  release(): Promise<void>;
}

export function emptyState(streams: number): SileroState {
  return { streams, data: new Float32Array(2 * streams * memory) };
}

/** The same state with one more stream, which has heard nothing yet, before the others. */
export function withFreshStreamFirst({ streams, data }: SileroState): SileroState {
  const joined = emptyState(streams + 1);
  const layer = streams * memory;
  joined.data.set(data.subarray(0, layer), memory);
  joined.data.set(data.subarray(layer), layer + 2 * memory);
  return joined;
}

/**
 * Silero VAD v6 (https://github.com/snakers4/silero-vad, MIT), as @ricky0123/vad-web ships it.
 *
 * @param portable use WebAssembly even where native code would load
 */
export async function loadSilero(portable: boolean): Promise<Silero> {
  // Not called `require`: the bundler of the app declares one by that name.
  const locate = createRequire(import.meta.url);
  const model = await readFile(locate.resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx'));
  if (portable) return loadPortable(model);
  try {
    const runtime = await import('onnxruntime-node');
    const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 } as const;
    const session = await runtime.InferenceSession.create(model, options);
    return createSilero('native', session, runtime.Tensor);
  } catch {
    // No native build for this machine; the caller sees which one it got by `kind`.
    return loadPortable(model);
  }
}

async function loadPortable(model: Uint8Array): Promise<Silero> {
  const runtime = await import('onnxruntime-web');
  runtime.env.wasm.numThreads = 1;
  const session = await runtime.InferenceSession.create(model, { logSeverityLevel: 3 });
  return createSilero('portable', session, runtime.Tensor);
}

function createSilero(
  kind: Silero['kind'],
  session: InferenceSession,
  TensorOf: TensorConstructor,
): Silero {
  const rate = new TensorOf('int64', BigInt64Array.of(BigInt(sileroRate)), []);
  return {
    kind,
    async judge(input, { streams, data }) {
      const result = await session.run({
        input: new TensorOf('float32', input, [streams, sileroContext + sileroChunk]),
        state: new TensorOf('float32', data, [2, streams, memory]),
        sr: rate,
      });
      const state = { streams, data: numbersOf(result['stateN']) };
      return { probabilities: numbersOf(result['output']), state };
    },
    release: () => session.release(),
  };
}

function numbersOf(tensor: Tensor | undefined): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data;
  throw new Error('The voice activity model gave no numbers');
}
