import * as tf from '@tensorflow/tfjs';
import { randomFrom } from '../initialise.ts';
import type { NetworkConfig } from '../network-config.ts';
import { FusedLstm } from './fused-lstm.ts';
import { LayerNorm } from './layer-norm.ts';
import { MaskedPooling } from './masked-pooling.ts';
import { ReverseByLength } from './reverse-by-length.ts';
import { SeededDropout } from './seeded-dropout.ts';

type Symbolic = tf.SymbolicTensor;

/**
 * The network of a configuration: from frames [batch, steps, inputFeatures] and int32 lengths [batch]
 * to logits [batch, outputs]. The names of its layers are those of the weights in a model file.
 *
 * @param seed of the initial weights; without one they are zero
 */
export function assemble(config: NetworkConfig, seed?: string): tf.LayersModel {
  const frames = tf.input({ shape: [null, config.inputFeatures], name: 'frames' });
  const lengths = tf.input({ shape: [], dtype: 'int32', name: 'lengths' });
  const build = builder(config, seed, lengths);
  const pooled = build.pool(recurrent(config, build, frames));
  const hidden =
    config.hidden === 0
      ? pooled
      : build.drop('hidden', build.dense('hidden', config.hidden, 'relu', pooled));
  const logits = build.dense('logits', config.outputs, 'linear', hidden);
  return tf.model({ inputs: [frames, lengths], outputs: logits });
}

function recurrent(config: NetworkConfig, build: Builder, frames: Symbolic): Symbolic {
  const [firstUnits, secondUnits] = config.units;
  const everyStep = config.pooling !== 'last';
  if (secondUnits === undefined) return build.lstm('lstm1', firstUnits, frames, everyStep);
  const first = build.drop('lstm1', build.lstm('lstm1', firstUnits, frames, true));
  const second = build.lstm('lstm2', secondUnits, first, everyStep);
  if (!config.residual) return second;
  const width = secondUnits * (config.bidirectional ? 2 : 1);
  const shortcut =
    firstUnits === secondUnits ? first : build.dense('shortcut', width, 'linear', first);
  return build.normalisedSum(shortcut, second);
}

interface Seeded {
  readonly name: string;
  readonly seed?: string;
}

interface Builder {
  readonly lstm: (name: string, units: number, x: Symbolic, everyStep: boolean) => Symbolic;
  readonly drop: (after: string, x: Symbolic) => Symbolic;
  readonly pool: (x: Symbolic) => Symbolic;
  readonly dense: (
    name: string,
    units: number,
    activation: 'linear' | 'relu',
    x: Symbolic,
  ) => Symbolic;
  readonly normalisedSum: (a: Symbolic, b: Symbolic) => Symbolic;
}

function builder(config: NetworkConfig, seed: string | undefined, lengths: Symbolic): Builder {
  const seeded = (name: string): Seeded =>
    seed === undefined ? { name } : { name, seed: `${seed} ${name}` };
  const drop = (after: string, x: Symbolic): Symbolic => {
    return connect(new SeededDropout({ name: `${after}-dropout`, rate: config.dropout }), x);
  };
  return {
    drop,
    lstm: (name, units, x, returnSequences) => {
      const direction = (way: 'forward' | 'backward'): Symbolic => {
        const layer = new FusedLstm({
          ...seeded(`${name}-${way}`),
          units,
          returnSequences,
          goBackwards: way === 'backward',
        });
        return connect(layer, [x, lengths]);
      };
      if (!config.bidirectional) return direction('forward');
      const backward = direction('backward');
      const aligned = returnSequences
        ? connect(new ReverseByLength({ name: `${name}-aligned` }), [backward, lengths])
        : backward;
      return connect(tf.layers.concatenate({ name }), [direction('forward'), aligned]);
    },
    pool: (x) => {
      const { pooling } = config;
      if (pooling === 'last') return drop('pooling', x);
      const layer = new MaskedPooling({ ...seeded('pooling'), pooling });
      return drop('pooling', connect(layer, [x, lengths]));
    },
    dense: (name, units, activation, x) => {
      const kernelInitializer = denseInitializer(seeded(name));
      return connect(tf.layers.dense({ name, units, activation, kernelInitializer }), x);
    },
    normalisedSum: (a, b) =>
      connect(
        new LayerNorm({ name: 'norm' }),
        connect(tf.layers.add({ name: 'residual' }), [a, b]),
      ),
  };
}

function connect(layer: tf.layers.Layer, inputs: Symbolic | Symbolic[]): Symbolic {
  const output = layer.apply(inputs);
  if (output instanceof tf.SymbolicTensor) return output;
  throw new Error(`${layer.name} has not one output`);
}

function denseInitializer({ seed }: Seeded): ReturnType<typeof tf.initializers.glorotUniform> {
  if (seed === undefined) return tf.initializers.zeros();
  // TensorFlow.js wants a number here, and takes zero for none.
  return tf.initializers.glorotUniform({ seed: 1 + Math.floor(randomFrom(seed)() * 2 ** 31) });
}
