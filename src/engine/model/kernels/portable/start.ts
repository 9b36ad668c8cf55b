import * as tf from '@tensorflow/tfjs';
import { fusedLstm, fusedLstmGradient, reverseByLength } from '../names.ts';
import { lstmBackward } from './lstm-backward.ts';
import { lstmForward } from './lstm-forward.ts';
import { reverseRows } from './reverse.ts';

/** Starts TensorFlow.js on WebAssembly, with our kernels. */
export async function startPortable(): Promise<void> {
  await leavingErrorsAlone(async () => {
    await import('@tensorflow/tfjs-backend-wasm');
    if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly did not start');
  });
  const backendName = 'wasm';
  tf.registerKernel({ kernelName: fusedLstm, backendName, kernelFunc: lstmForward });
  tf.registerKernel({ kernelName: fusedLstmGradient, backendName, kernelFunc: lstmBackward });
  tf.registerKernel({ kernelName: reverseByLength, backendName, kernelFunc: reverseRows });
}

/**
 * Runs `act` and removes the handlers for fatal errors that it adds to the process: Emscripten's print the
 * whole minified module in front of anybody's error.
 */
async function leavingErrorsAlone(act: () => Promise<void>): Promise<void> {
  const events = ['uncaughtException', 'unhandledRejection'];
  const before = new Set(events.flatMap(listenersOf));
  await act();
  for (const event of events) {
    for (const listener of listenersOf(event)) {
      if (!before.has(listener)) process.removeListener(event, listener);
    }
  }
}

function listenersOf(event: string): ((...values: unknown[]) => void)[] {
  const emitter: NodeJS.EventEmitter = process;
  return emitter.listeners(event) as ((...values: unknown[]) => void)[];
}
