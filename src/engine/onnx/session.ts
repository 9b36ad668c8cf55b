import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';
import { loadRuntime } from './runtime.ts';

/** Numbers and their shape, as a graph takes and gives them. */
interface Numbers {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** A graph at work; holds memory until released. */
export interface Session {
  readonly kind: 'native' | 'portable';
  /** All outputs must be float32. */
  readonly run: (
    inputs: Readonly<Record<string, Numbers>>,
  ) => Promise<Readonly<Record<string, Float32Array>>>;
  readonly release: () => Promise<void>;
}

interface SessionOptions {
  /** As for `loadRuntime`. */
  readonly portable?: boolean | undefined;
  /** Of native code; WebAssembly has one. */
  readonly threads: number;
}

/** Runs a model by ONNX Runtime: natively, or on WebAssembly where that cannot be loaded. */
export async function openSession(model: Uint8Array, options: SessionOptions): Promise<Session> {
  const { kind, onnx } = await loadRuntime(options.portable);
  const session = await onnx.InferenceSession.create(model, {
    logSeverityLevel: 3,
    ...(kind === 'native' ? nativeOptions(options) : {}),
  });
  return createSession(kind, session, onnx.Tensor);
}

function nativeOptions({ threads }: SessionOptions): InferenceSession.SessionOptions {
  return {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Threads that wait for work by spinning take the processor from whoever has some.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
}

function createSession(
  kind: Session['kind'],
  session: InferenceSession,
  TensorOf: TensorConstructor,
): Session {
  const tensorOf = ({ values, shape }: Numbers): Tensor =>
    values instanceof Float32Array
      ? new TensorOf('float32', values, shape)
      : new TensorOf('int32', values, shape);
  return {
    kind,
    run: async (inputs) => {
      const feeds = Object.entries(inputs).map(([name, numbers]) => [name, tensorOf(numbers)]);
      const results = await session.run(Object.fromEntries(feeds) as InferenceSession.FeedsType);
      return Object.fromEntries(
        Object.entries(results).map(([name, tensor]) => [name, floatsOf(tensor)]),
      );
    },
    release: () => session.release(),
  };
}

function floatsOf({ data }: Tensor): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new Error('the model gave something else than float32');
}
