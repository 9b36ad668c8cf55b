import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';
import { loadRuntime } from './runtime.ts';

/** Numbers and their shape, as a graph takes and gives them. */
export interface Numbers {
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
  const session = await onnx.InferenceSession.create(
    model,
    kind === 'native' ? nativeOptions(options.threads) : quiet,
  );
  return createSession(kind, session, onnx.Tensor);
}

const quiet = { logSeverityLevel: 3 } as const;

/** How a session of native code is opened, by whomever. */
export function nativeOptions(threads: number): InferenceSession.SessionOptions {
  return {
    ...quiet,
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
  return {
    kind,
    run: async (inputs) => {
      const results = await session.run(toTensors(inputs, TensorOf));
      return Object.fromEntries(
        Object.entries(results).map(([name, tensor]) => [name, floatsOf(tensor)]),
      );
    },
    release: () => session.release(),
  };
}

/** Tensors over the very memory of the numbers. */
export function toTensors(
  named: Readonly<Record<string, Numbers>>,
  TensorOf: TensorConstructor,
): Record<string, Tensor> {
  const entries = Object.entries(named).map(([name, { values, shape }]) => {
    const tensor =
      values instanceof Float32Array
        ? new TensorOf('float32', values, shape)
        : new TensorOf('int32', values, shape);
    return [name, tensor] as const;
  });
  return Object.fromEntries(entries);
}

function floatsOf({ data }: Tensor): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new Error('the model gave something else than float32');
}
