import type * as tf from '@tensorflow/tfjs';

/** The inputs of both LSTM kernels, with their sizes; gates lie in the columns as Keras has them: i, f, c, o. */
export interface LstmInputs {
  /** [batch, steps, features] */
  readonly x: tf.TensorInfo;
  /** [features, 4 units] */
  readonly kernel: tf.TensorInfo;
  /** [units, 4 units] */
  readonly recurrentKernel: tf.TensorInfo;
  /** [4 units] */
  readonly bias: tf.TensorInfo;
  /** int32 [batch]: how many steps of each sample count. */
  readonly lengths: tf.TensorInfo;
  readonly size: LstmSize;
}

export interface LstmSize {
  readonly batch: number;
  readonly steps: number;
  readonly features: number;
  readonly units: number;
}

export function lstmInputs(named: tf.NamedTensorInfoMap): LstmInputs {
  const x = input(named, 'x');
  const recurrentKernel = input(named, 'recurrentKernel');
  const [batch = 0, steps = 0, features = 0] = x.shape;
  const [units = 0] = recurrentKernel.shape;
  return {
    x,
    kernel: input(named, 'kernel'),
    recurrentKernel,
    bias: input(named, 'bias'),
    lengths: input(named, 'lengths'),
    size: { batch, steps, features, units },
  };
}

export function input(named: tf.NamedTensorInfoMap, name: string): tf.TensorInfo {
  const info = named[name];
  if (info === undefined) throw new Error(`the kernel has no input ${name}`);
  return info;
}
