import * as tf from '@tensorflow/tfjs';
import { frameShape, raggedInputs, widthOf } from './inputs.ts';

const epsilon = 1e-3;

/**
 * Layer normalisation (Ba et al. 2016) over the features of each frame, with the weights and the numbers of
 * `tf.layers.layerNormalization`. That one's gradient of [64, 125, 128] takes 1.3 s on the native backend
 * and a minute on the portable one; this one's 23 and 37 ms.
 */
export class LayerNorm extends tf.layers.Layer {
  static readonly className = 'LayerNorm';

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const width = widthOf(inputShape);
    this.addWeight('gamma', [width], 'float32', tf.initializers.ones());
    this.addWeight('beta', [width], 'float32', tf.initializers.zeros());
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const { x } = raggedInputs(inputs);
      const [gamma, beta] = this.weights.map((weight) => weight.read());
      if (!gamma || !beta) throw new Error('the layer was not built');
      const centred = tf.sub(x, tf.mean(x, -1, true));
      const variance = tf.mean(tf.square(centred), -1, true);
      const scaled = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
      return tf.add(tf.mul(scaled, gamma), beta);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return frameShape(inputShape);
  }
}
