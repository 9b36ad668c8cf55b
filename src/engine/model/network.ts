import * as tf from '@tensorflow/tfjs';
import { loadBackend } from './backend.ts';
import { assemble } from './layers/assemble.ts';
import { memberPrefixes } from './members.ts';
import type { NetworkConfig } from './network-config.ts';

/** A named array of weights, row-major. */
export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** From frames to logits, for training and prediction alike. */
export interface Network {
  readonly config: NetworkConfig;
  /** What training changes: all weights there are. They belong to the network. */
  readonly variables: readonly tf.Variable[];
  /**
   * @param x [batch, steps, inputFeatures], padded on the right
   * @param lengths int32 [batch], 1 to steps: what lies beyond them decides nothing
   * @param training given while training: seeds the dropout of this call
   * @returns [batch, outputs], for the caller to dispose of
   */
  readonly logits: (
    x: tf.Tensor3D,
    lengths: tf.Tensor1D,
    training?: { readonly seed: number },
  ) => tf.Tensor2D;
  /** A copy of the weights, in an order that depends on the configuration alone. */
  readonly weights: () => readonly Weight[];
  /** Takes weights of the names and shapes that `weights()` gives, in any order. */
  readonly setWeights: (weights: readonly Weight[]) => void;
  readonly dispose: () => void;
}

/**
 * @param seed of the initial weights, the same on every backend; without one they are zero, for weights that
 *   are about to be loaded
 */
export async function createNetwork(config: NetworkConfig, seed?: string): Promise<Network> {
  await loadBackend();
  const members = memberPrefixes(config).map((prefix) => ({
    prefix,
    model: assemble(config, seed === undefined ? undefined : `${prefix}${seed}`),
  }));
  const named = members.flatMap(({ prefix, model }) =>
    model.weights.map((weight) => ({ name: `${prefix}${weight.originalName}`, weight })),
  );
  return {
    config,
    variables: named.map(({ weight }) => variableOf(weight)),
    logits: (x, lengths, training) =>
      tf.tidy(() => {
        const answers = members.map(({ model }, at) => {
          const dropoutSeed = training && training.seed + at;
          const options = { training: training !== undefined, dropoutSeed };
          const output = model.apply([x, lengths], options);
          if (!(output instanceof tf.Tensor)) throw new Error('the network has not one output');
          return output.as2D(x.shape[0], config.outputs);
        });
        return tf.div<tf.Tensor2D>(tf.addN(answers), answers.length);
      }),
    weights: () =>
      named.map(({ name, weight }) => {
        const values = Float32Array.from(weight.read().dataSync());
        return { name, shape: sizes(weight.shape), values };
      }),
    setWeights: (weights) => {
      const expected = named.map(({ name }) => name);
      const given = weights.map(({ name }) => name);
      if (expected.join() !== given.join()) throw new Error(`${given.join()} are other weights`);
      tf.tidy(() => {
        for (const [at, { values, shape }] of weights.entries()) {
          // Copied, for TensorFlow may keep the very array that it is given.
          named[at]?.weight.write(tf.tensor(values.slice(), [...shape]));
        }
      });
    },
    dispose: () => {
      for (const { model } of members) model.dispose();
    },
  };
}

function variableOf(weight: tf.LayerVariable): tf.Variable {
  const variable = weight.read();
  if (variable instanceof tf.Variable) return variable as tf.Variable;
  throw new Error(`${weight.originalName} is no variable`);
}

function sizes(shape: tf.Shape): readonly number[] {
  return shape.map((size) => size ?? 0);
}
