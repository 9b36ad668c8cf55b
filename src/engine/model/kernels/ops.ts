import * as tf from '@tensorflow/tfjs';
import { fusedLstm, fusedLstmGradient, reverseByLength } from './names.ts';

/** An LSTM's weights in the layout of Keras: gates i, f, c, o. */
export interface LstmWeights {
  /** [features, 4 units] */
  readonly kernel: tf.Tensor;
  /** [units, 4 units] */
  readonly recurrentKernel: tf.Tensor;
  /** [4 units] */
  readonly bias: tf.Tensor;
}

/**
 * A whole LSTM over time as one kernel, with an exact gradient for x and the weights.
 *
 * @param x [batch, steps, features]
 * @param lengths int32 [batch], 1..steps: samples are padded on the right, and what lies beyond a
 *   sample's length is never used, whatever it holds. Without lengths every step counts.
 * @returns [batch, steps, units], zero from each sample's length on
 */
export function lstm(x: tf.Tensor, weights: LstmWeights, lengths?: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const { kernel, recurrentKernel, bias } = weights;
    const inputs = { x, kernel, recurrentKernel, bias, lengths: lengths ?? fullLengths(x) };
    const taped = tf.engine().state.gradientDepth > 0;
    return first(tf.engine().runKernel<tf.Tensor[]>(fusedLstm, inputs, { taped }));
  });
}

/**
 * The first `lengths[sample]` steps of each sample of x [batch, steps, width] in reverse order, the padding
 * after them where it was; without lengths all steps.
 */
export function reverse(x: tf.Tensor, lengths?: tf.Tensor): tf.Tensor {
  return tf.tidy(() =>
    tf.engine().runKernel<tf.Tensor>(reverseByLength, { x, lengths: lengths ?? fullLengths(x) }),
  );
}

/** The step of x [batch, steps, width] at which each sample ends, [batch, width]. */
export function lastStep(x: tf.Tensor, lengths?: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const [, steps = 0] = x.shape;
    const ends = tf.expandDims(lengths ?? fullLengths(x), 1);
    const isLast = tf.equal(tf.range(1, steps + 1, 1, 'int32').expandDims(0), ends);
    return tf.sum(tf.mul(x, isLast.toFloat().expandDims(2)), 1);
  });
}

/** Makes the kernels differentiable, on whatever backend runs. */
export function registerGradients(): void {
  tf.registerGradient({
    kernelName: fusedLstm,
    inputsToSave: ['x', 'kernel', 'recurrentKernel', 'bias', 'lengths'],
    // The first is h, the others the tape, of which no backend has more than three.
    outputsToSave: new Array<boolean>(4).fill(true),
    gradFunc: (dys, saved) => {
      const [x, kernel, recurrentKernel, bias, lengths, h, ...tape] = saved;
      if (!x || !kernel || !recurrentKernel || !bias || !lengths || !h) {
        throw new Error('FusedLSTM saved too little');
      }
      const known = { dh: first(dys), x, kernel, recurrentKernel, bias, lengths, h };
      const named = Object.fromEntries(tape.map((tensor, index) => [`tape${index}`, tensor]));
      const [dx, dKernel, dRecurrentKernel, dBias] = tf
        .engine()
        .runKernel<tf.Tensor[]>(fusedLstmGradient, { ...known, ...named });
      return {
        x: () => present(dx),
        kernel: () => present(dKernel),
        recurrentKernel: () => present(dRecurrentKernel),
        bias: () => present(dBias),
      };
    },
  });
  tf.registerGradient({
    kernelName: reverseByLength,
    inputsToSave: ['lengths'],
    // Reversing twice is doing nothing: the operation is its own gradient.
    gradFunc: (dys, [lengths]) => ({ x: () => reverse(first(dys), lengths) }),
  });
}

function fullLengths(x: tf.Tensor): tf.Tensor {
  const [batch = 0, steps = 0] = x.shape;
  return tf.fill([batch], steps, 'int32');
}

function first(tensors: tf.Tensor | readonly tf.Tensor[]): tf.Tensor {
  return present(tensors instanceof Array ? tensors[0] : tensors);
}

function present(tensor: tf.Tensor | undefined): tf.Tensor {
  if (tensor === undefined) throw new Error('a kernel gave fewer outputs than it has');
  return tensor;
}
