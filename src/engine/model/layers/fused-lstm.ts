import * as tf from '@tensorflow/tfjs';
import {
  glorotUniform,
  orthogonalRows,
  randomFrom,
  unitForgetBias,
  type Random,
} from '../initialise.ts';
import { lastStep, lstm, reverse } from '../kernels/ops.ts';
import { frameShape, raggedInputs, widthOf, type LayerArgs } from './inputs.ts';

export interface FusedLstmArgs extends LayerArgs {
  readonly units: number;
  /** Every step's output instead of the last one's. */
  readonly returnSequences?: boolean;
  /** Reads each sample from its end, and gives its outputs in the order in which it read. */
  readonly goBackwards?: boolean;
  /** Of the initial weights, which are Keras's; without one they are zero, for weights to be loaded. */
  readonly seed?: string;
}

/**
 * `tf.layers.lstm` as one kernel, with the same weights (`getWeights`: kernel, recurrent kernel, bias), the
 * sigmoid for the gates (Keras's default; TensorFlow.js's is the hard sigmoid), and tanh
 * elsewhere.
 *
 * Inputs are x [batch, steps, features] alone or [x, lengths] with int32 lengths [batch]: padding on the
 * right. Keras with a mask would repeat the last output over the padding; here it is zero. The last output is
 * that of the last step that counts, as with Keras.
 */
export class FusedLstm extends tf.layers.Layer {
  static readonly className = 'FusedLSTM';
  readonly #units: number;
  readonly #returnSequences: boolean;
  readonly #goBackwards: boolean;
  readonly #seed: string | undefined;

  constructor(args: FusedLstmArgs) {
    super(args);
    this.#units = args.units;
    this.#returnSequences = args.returnSequences ?? false;
    this.#goBackwards = args.goBackwards ?? false;
    this.#seed = args.seed;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const features = widthOf(inputShape);
    const units = this.#units;
    const zeros = tf.initializers.zeros();
    this.addWeight('kernel', [features, 4 * units], 'float32', zeros);
    this.addWeight('recurrent_kernel', [units, 4 * units], 'float32', zeros);
    this.addWeight('bias', [4 * units], 'float32', zeros);
    if (this.#seed !== undefined) this.#initialise(features, randomFrom(this.#seed));
    super.build(inputShape);
  }

  #initialise(features: number, random: Random): void {
    const units = this.#units;
    tf.tidy(() => {
      this.setWeights([
        tf.tensor(glorotUniform(features, 4 * units, random), [features, 4 * units]),
        tf.tensor(orthogonalRows(units, 4 * units, random), [units, 4 * units]),
        tf.tensor(unitForgetBias(units)),
      ]);
    });
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const { x, lengths } = raggedInputs(inputs);
      const [kernel, recurrentKernel, bias] = this.weights.map((weight) => weight.read());
      if (!kernel || !recurrentKernel || !bias) throw new Error('the layer was not built');
      const read = this.#goBackwards ? reverse(x, lengths) : x;
      const h = lstm(read, { kernel, recurrentKernel, bias }, lengths);
      return this.#returnSequences ? h : lastStep(h, lengths);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch = null, steps = null] = frameShape(inputShape);
    return this.#returnSequences ? [batch, steps, this.#units] : [batch, this.#units];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      units: this.#units,
      returnSequences: this.#returnSequences,
      goBackwards: this.#goBackwards,
      ...(this.#seed === undefined ? {} : { seed: this.#seed }),
    };
  }
}

tf.serialization.registerClass(FusedLstm);
