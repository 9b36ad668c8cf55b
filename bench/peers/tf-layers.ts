import { tf } from '#engine/model/backend.ts';

/** Two layers of 128 and 64 units as TensorFlow.js has them by itself, on the same backend. */
export interface LayersNetwork {
  readonly logits: (x: tf.Tensor3D) => tf.Tensor;
  /** One step of Adam. */
  readonly step: (x: tf.Tensor3D, targets: tf.Tensor2D) => void;
  readonly dispose: () => void;
}

export function layersNetwork(steps: number, features: number): LayersNetwork {
  const model = tf.sequential({
    layers: [
      tf.layers.lstm({ units: 128, returnSequences: true, inputShape: [steps, features] }),
      tf.layers.lstm({ units: 64, returnSequences: true }),
      tf.layers.globalAveragePooling1d({}),
      tf.layers.dense({ units: 8 }),
    ],
  });
  const optimiser = tf.train.adam();
  const logits = (x: tf.Tensor3D): tf.Tensor => {
    const output = model.apply(x);
    if (output instanceof tf.Tensor) return output;
    throw new Error('the network has not one output');
  };
  return {
    logits,
    step: (x, targets) => {
      optimiser.minimize(() => tf.losses.softmaxCrossEntropy(targets, logits(x)).asScalar());
    },
    dispose: () => {
      model.dispose();
      optimiser.dispose();
    },
  };
}
