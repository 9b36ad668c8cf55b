import * as tf from '@tensorflow/tfjs';
import { frameShape, raggedInputs, type LayerArgs } from './inputs.ts';

export interface SeededDropoutArgs extends LayerArgs {
  readonly name: string;
  /** The share of features dropped, 0 to 1. */
  readonly rate: number;
}

/**
 * Dropout where the call gives a `dropoutSeed`. Over time a feature is dropped for a whole sample (Gal &
 * Ghahramani 2016). `tf.layers.dropout` with a seed drops the same features in every batch.
 */
export class SeededDropout extends tf.layers.Layer {
  static readonly className = 'SeededDropout';
  readonly #rate: number;

  constructor(args: SeededDropoutArgs) {
    super(args);
    this.#rate = args.rate;
  }

  override call(
    inputs: tf.Tensor | tf.Tensor[],
    { dropoutSeed }: { readonly dropoutSeed?: number },
  ): tf.Tensor {
    const { x } = raggedInputs(inputs);
    if (dropoutSeed === undefined || this.#rate === 0) return x;
    const [batch = 0, ...rest] = x.shape;
    const noiseShape = [batch, ...rest.map((size, axis) => (axis === rest.length - 1 ? size : 1))];
    return tf.dropout(x, this.#rate, noiseShape, `${this.name} ${dropoutSeed}`);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return frameShape(inputShape);
  }
}
