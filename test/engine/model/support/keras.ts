import { tf } from '#engine/model/backend.ts';
import type { LstmVariables } from './tensors.ts';

/** TensorFlow.js's own LSTM with the given weights, sample by sample: the reference for ragged batches. */
export interface KerasLstm {
  /** h [steps, units] of the first `length` steps of one sample of x, in the order of time. */
  readonly sample: (x: tf.Tensor, index: number, length: number) => tf.Tensor;
  /** What holds the weights, to ask for gradients in it: kernel, recurrent kernel, bias. */
  readonly variables: readonly tf.Variable[];
  readonly dispose: () => void;
}

export function kerasLstm(weights: LstmVariables, goBackwards = false): KerasLstm {
  const [units = 0] = weights.recurrentKernel.shape;
  const layer = tf.layers.lstm({
    units,
    returnSequences: true,
    goBackwards,
    // The default of Keras; that of TensorFlow.js is the hard sigmoid.
    recurrentActivation: 'sigmoid',
    recurrentInitializer: 'zeros',
  });
  const [features = 0] = weights.kernel.shape;
  tf.tidy(() => {
    layer.apply(tf.zeros([1, 1, features]));
  });
  layer.setWeights([weights.kernel, weights.recurrentKernel, weights.bias]);
  return {
    sample: (x, index, length) =>
      tf.tidy(() => {
        const [, , width = 0] = x.shape;
        const own = tf.slice(x, [index, 0, 0], [1, length, width]);
        const h = (layer.apply(own) as tf.Tensor).as2D(length, units);
        return goBackwards ? tf.reverse(h, 0) : h;
      }),
    variables: layer.weights.map((weight) => asVariable(weight.read())),
    dispose: () => {
      layer.weights.forEach((weight) => {
        weight.dispose();
      });
    },
  };
}

export function asVariable(tensor: tf.Tensor): tf.Variable {
  if (tensor instanceof tf.Variable) return tensor as tf.Variable;
  throw new Error('not a variable');
}
