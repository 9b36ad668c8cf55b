import * as tf from '@tensorflow/tfjs';
import { glorotUniform, randomFrom } from '../initialise.ts';
import { attentionUnits } from '../weight-shapes.ts';
import {
  frameShape,
  raggedInputs,
  stepMask,
  widthOf,
  type LayerArgs,
  type Ragged,
} from './inputs.ts';

/**
 * - `mean`: of each feature over the steps that count
 * - `statistics`: mean and standard deviation (Snyder et al. 2017)
 * - `attention`: the same, weighted by what a small network finds telling (Okabe et al. 2018)
 */
export type Pooling = 'mean' | 'statistics' | 'attention';

export interface MaskedPoolingArgs extends LayerArgs {
  readonly pooling: Pooling;
  /** Of the attention's initial weights; without one they are zero, for weights to be loaded. */
  readonly seed?: string;
}

/** Added to a variance, for the square root's slope at zero is infinite. */
const epsilon = 1e-5;

/** From [frames [batch, steps, width], lengths [batch]] to [batch, width], or twice the width with deviations. */
export class MaskedPooling extends tf.layers.Layer {
  static readonly className = 'MaskedPooling';
  readonly #pooling: Pooling;
  readonly #seed: string | undefined;

  constructor(args: MaskedPoolingArgs) {
    super(args);
    this.#pooling = args.pooling;
    this.#seed = args.seed;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    if (this.#pooling === 'attention') this.#addAttention(widthOf(inputShape));
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const ragged = raggedInputs(inputs);
      const weights = this.#pooling === 'attention' ? this.#attention(ragged) : even(ragged);
      const mean = tf.sum(tf.mul(ragged.x, weights), 1, true);
      if (this.#pooling === 'mean') return tf.squeeze(mean, [1]);
      const squares = tf.square(tf.sub(ragged.x, mean));
      const variance = tf.sum(tf.mul(squares, weights), 1);
      return tf.concat([tf.squeeze(mean, [1]), tf.sqrt(tf.add(variance, epsilon))], 1);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch = null] = frameShape(inputShape);
    return [batch, widthOf(inputShape) * (this.#pooling === 'mean' ? 1 : 2)];
  }

  #addAttention(width: number): void {
    const zeros = tf.initializers.zeros();
    this.addWeight('attention_kernel', [width, attentionUnits], 'float32', zeros);
    this.addWeight('attention_bias', [attentionUnits], 'float32', zeros);
    this.addWeight('attention_vector', [attentionUnits, 1], 'float32', zeros);
    if (this.#seed === undefined) return;
    const random = randomFrom(this.#seed);
    tf.tidy(() => {
      this.setWeights([
        tf.tensor(glorotUniform(width, attentionUnits, random), [width, attentionUnits]),
        tf.zeros([attentionUnits]),
        tf.tensor(glorotUniform(attentionUnits, 1, random), [attentionUnits, 1]),
      ]);
    });
  }

  /** [batch, steps, 1], one in sum over the steps that count. */
  #attention(ragged: Ragged): tf.Tensor {
    const [kernel, bias, vector] = this.weights.map((weight) => weight.read());
    if (!kernel || !bias || !vector) throw new Error('the layer was not built');
    const [batch = 0, steps = 0, width = 0] = ragged.x.shape;
    const frames = tf.reshape(ragged.x, [batch * steps, width]);
    const telling = tf.matMul(tf.tanh(tf.add(tf.matMul(frames, kernel), bias)), vector);
    const padding = tf.mul(tf.sub(stepMask(ragged), 1), 1e9);
    const scores = tf.add(tf.reshape(telling, [batch, steps, 1]), padding);
    return tf.expandDims(tf.softmax(tf.squeeze(scores, [2])), 2);
  }
}

/** [batch, steps, 1]: each step that counts as much as any other. */
function even(ragged: Ragged): tf.Tensor {
  const mask = stepMask(ragged);
  return tf.div(mask, tf.sum(mask, 1, true));
}
