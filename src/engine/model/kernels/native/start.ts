import util from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { fusedLstm, fusedLstmGradient, reverseByLength } from '../names.ts';
import { nativeVersion } from './backend.ts';
import { createLstmKernels } from './lstm.ts';
import { reverseRows } from './reverse.ts';

/** Loads the native library and registers our kernels on it; gives TensorFlow's version. */
export async function startNative(): Promise<string> {
  // Without oneDNN the order of summation is the same on every processor, and nothing is announced on stderr.
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '0';
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  giveBackNullCheck();
  await import('@tensorflow/tfjs-node');
  const backendName = 'tensorflow';
  const { forward, backward } = createLstmKernels();
  tf.registerKernel({ kernelName: fusedLstm, backendName, kernelFunc: forward });
  tf.registerKernel({ kernelName: fusedLstmGradient, backendName, kernelFunc: backward });
  tf.registerKernel({ kernelName: reverseByLength, backendName, kernelFunc: reverseRows });
  return nativeVersion();
}

/** tfjs-node 4.22 calls `util.isNullOrUndefined`, which Node 23 took away. */
function giveBackNullCheck(): void {
  if ('isNullOrUndefined' in util) return;
  const isNullOrUndefined = (value: unknown): boolean => value === null || value === undefined;
  Object.assign(util, { isNullOrUndefined });
}
