import * as tf from '@tensorflow/tfjs';

export type LayerArgs = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>;

/** A layer's inputs: frames [batch, steps, width] and, where samples differ in length, int32 [batch]. */
export interface Ragged {
  readonly x: tf.Tensor;
  readonly lengths: tf.Tensor | undefined;
}

export function raggedInputs(inputs: tf.Tensor | readonly tf.Tensor[]): Ragged {
  const [x, lengths] = inputs instanceof tf.Tensor ? [inputs] : inputs;
  if (x === undefined) throw new Error('a layer needs an input');
  return { x, lengths };
}

/** Of the frames, whether or not lengths come with them. */
export function frameShape(shape: tf.Shape | readonly tf.Shape[]): tf.Shape {
  const [first] = shape;
  return Array.isArray(first) ? first : (shape as tf.Shape);
}

/** The last of a shape's sizes, which a layer must know to be built. */
export function widthOf(shape: tf.Shape | readonly tf.Shape[]): number {
  const width = frameShape(shape).at(-1);
  if (typeof width !== 'number') throw new Error('the number of features must be known');
  return width;
}

/** float32 [batch, steps, 1]: 1 where a step counts, 0 where it is padding. */
export function stepMask({ x, lengths }: Ragged): tf.Tensor {
  const [batch = 0, steps = 0] = x.shape;
  if (lengths === undefined) return tf.ones([batch, steps, 1]);
  const step = tf.range(0, steps, 1, 'int32').expandDims(0);
  return tf.less(step, lengths.expandDims(1)).toFloat().expandDims(2);
}
