// Run as a child of set-up: loads native TensorFlow, computes with it and prints its version as JSON.
import { createRequire } from 'node:module';
import util from 'node:util';

// tfjs-node 4.22 calls it; gone since Node 23. Hence no import statement: it would come first.
util.isNullOrUndefined ??= (value) => value === null || value === undefined;

/** @type {typeof import('@tensorflow/tfjs-node')} */
const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node');

const sum = tf.tensor1d([1]).add(1).dataSync()[0];
if (tf.getBackend() !== 'tensorflow' || sum !== 2) throw new Error('TensorFlow does not compute.');
const { binding } = /** @type {{ binding: { TF_Version: string } }} */ (
  /** @type {unknown} */ (tf.backend())
);
process.stdout.write(JSON.stringify({ tensorflow: binding.TF_Version }));
