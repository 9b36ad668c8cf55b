import * as tf from '@tensorflow/tfjs';
import { reverse } from '../kernels/ops.ts';
import { frameShape, raggedInputs } from './inputs.ts';

/** Puts what a backward LSTM gave beside what a forward one did: each sample reversed within its length. */
export class ReverseByLength extends tf.layers.Layer {
  static readonly className = 'ReverseByLength';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { x, lengths } = raggedInputs(inputs);
    return reverse(x, lengths);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return frameShape(inputShape);
  }
}
