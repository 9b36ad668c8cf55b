import { createPacer } from '#engine/pacer.ts';
import { tf } from '#engine/model/backend.ts';
import { toBatch } from '#engine/model/batch.ts';
import type { Network } from '#engine/model/network.ts';
import type { Matrix } from '#engine/features/matrix.ts';
import type { Example } from './augment/mixup.ts';

export interface Gradient {
  readonly loss: number;
  /** One after another in the order of the network's variables. */
  readonly values: Float32Array;
}

/**
 * Loss of a batch and its slope in every weight.
 * @param targets weighted share of each label in each example
 */
export async function gradientOf(
  network: Network,
  examples: readonly Example[],
  loss: LossRecipe,
  seed: number,
): Promise<Gradient> {
  const { value, grads } = tf.tidy(() => {
    const clips = examples.map(({ features }) => features);
    const { x, lengths } = toBatch(clips, network.config.inputFeatures);
    const targets = tf.tensor2d(examples.map(({ target }) => soften(target, loss)));
    return tf.variableGrads(() => {
      const logits = network.logits(x, lengths, { seed });
      return tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1))).asScalar();
    }, [...network.variables]);
  });
  const slopes = network.variables.map(
    (variable) => grads[variable.name] ?? tf.zerosLike(variable),
  );
  const values = await join(slopes);
  const [mean = NaN] = await value.data();
  tf.dispose([value, ...slopes]);
  return { loss: mean, values };
}

export interface LossRecipe {
  /** Share of the target that goes to all labels alike. */
  readonly smoothing: number;
  /** How much each label counts. */
  readonly weights: Float32Array;
}

function soften(target: Float32Array, { smoothing, weights }: LossRecipe): number[] {
  // The weight is the example's: smoothing must not move it towards the rare labels.
  const weight = target.reduce((sum, share, label) => sum + share * (weights[label] ?? 1), 0);
  return Array.from(
    target,
    (share) => weight * ((1 - smoothing) * share + smoothing / target.length),
  );
}

/** All weights of a network as one vector. */
export function readWeights(network: Network): Promise<Float32Array> {
  return join(network.variables);
}

export function writeWeights(network: Network, values: Float32Array): void {
  let at = 0;
  for (const variable of network.variables) {
    const own = tf.tensor(values.slice(at, at + variable.size), variable.shape);
    variable.assign(own);
    own.dispose();
    at += variable.size;
  }
}

async function join(tensors: readonly tf.Tensor[]): Promise<Float32Array> {
  const joined = new Float32Array(tensors.reduce((size, tensor) => size + tensor.size, 0));
  let at = 0;
  for (const tensor of tensors) {
    joined.set(await tensor.data(), at);
    at += tensor.size;
  }
  return joined;
}

/** Logits of each example, in their order. */
export async function inferLogits(
  network: Network,
  features: readonly Matrix[],
  batch = 64,
): Promise<readonly Float32Array[]> {
  // Batches of like length; the answers go back to where their examples were.
  const order = features.map((_, index) => index);
  order.sort((a, b) => (features[a]?.rows ?? 0) - (features[b]?.rows ?? 0));
  const answers: Float32Array[] = [];
  const breathe = createPacer();
  for (let at = 0; at < order.length; at += batch) {
    await breathe();
    const own = order.slice(at, at + batch);
    const logits = tf.tidy(() => {
      const clips = own.flatMap((index) => features[index] ?? []);
      const { x, lengths } = toBatch(clips, network.config.inputFeatures);
      return network.logits(x, lengths);
    });
    const values = await logits.data<'float32'>();
    const [, labels] = logits.shape;
    logits.dispose();
    own.forEach((index, row) => {
      answers[index] = values.slice(row * labels, (row + 1) * labels);
    });
  }
  return answers;
}
