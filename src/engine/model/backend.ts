import * as tf from '@tensorflow/tfjs';
import { registerGradients } from './kernels/ops.ts';

/** TensorFlow.js, for the rest of the engine; nothing may be computed before `loadBackend()` is done. */
export { tf };

export type Backend =
  | { readonly kind: 'native'; readonly version: string }
  | { readonly kind: 'portable'; readonly version: string; readonly reason: string };

let loading: Promise<Backend> | undefined;

/**
 * Starts the engine's arithmetic, once a process: native TensorFlow, or TensorFlow.js on WebAssembly
 * where that cannot be loaded or `UNDERTONE_ENGINE=portable` asks for it.
 */
export function loadBackend(): Promise<Backend> {
  loading ??= start();
  return loading;
}

async function start(): Promise<Backend> {
  // Production mode only silences TensorFlow.js, which otherwise greets on stderr.
  tf.enableProdMode();
  registerGradients();
  if (process.env['UNDERTONE_ENGINE'] === 'portable') {
    return startPortable('UNDERTONE_ENGINE=portable asks for it');
  }
  try {
    const native = await import('./kernels/native/start.ts');
    return { kind: 'native', version: await native.startNative() };
  } catch (error) {
    return startPortable(firstLine(error));
  }
}

async function startPortable(reason: string): Promise<Backend> {
  const portable = await import('./kernels/portable/start.ts');
  await portable.startPortable();
  return { kind: 'portable', version: tf.version.tfjs, reason };
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1).join('').trim();
}
