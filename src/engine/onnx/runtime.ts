import type * as OnnxRuntime from 'onnxruntime-node';
import type * as OnnxRuntimeWeb from 'onnxruntime-web';

/** What computes answers: ONNX Runtime, natively or on WebAssembly. (Training has TensorFlow: `model/backend.ts`.) */
export type Runtime = NativeRuntime | PortableRuntime;

interface NativeRuntime {
  readonly kind: 'native';
  readonly version: string;
  readonly onnx: typeof OnnxRuntime;
}

interface PortableRuntime {
  readonly kind: 'portable';
  readonly version: string;
  /** Why it is not the native one. */
  readonly reason: string;
  readonly onnx: typeof OnnxRuntimeWeb;
}

const loaded = new Map<boolean, Promise<Runtime>>();

/**
 * ONNX Runtime, loaded once a process.
 *
 * @param portable use WebAssembly even where native code would load, as `UNDERTONE_ENGINE=portable` asks for
 */
export function loadRuntime(
  portable = process.env['UNDERTONE_ENGINE'] === 'portable',
): Promise<Runtime> {
  const known = loaded.get(portable) ?? load(portable);
  loaded.set(portable, known);
  return known;
}

async function load(portable: boolean): Promise<Runtime> {
  if (portable) return loadPortable('UNDERTONE_ENGINE=portable asks for it');
  try {
    const onnx = await import('onnxruntime-node');
    return { kind: 'native', version: onnx.env.versions.node ?? '', onnx };
  } catch (error) {
    // There is no native build for this machine.
    return loadPortable(firstLine(error));
  }
}

async function loadPortable(reason: string): Promise<Runtime> {
  const onnx = await import('onnxruntime-web');
  onnx.env.wasm.numThreads = 1;
  return { kind: 'portable', version: onnx.env.versions.web ?? '', reason, onnx };
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1).join('').trim();
}
