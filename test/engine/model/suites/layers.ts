import { describe, expect, it } from 'vitest';
import { tf } from '#engine/model/backend.ts';
import { FusedLstm } from '#engine/model/layers/fused-lstm.ts';
import { LayerNorm } from '#engine/model/layers/layer-norm.ts';
import { MaskedPooling } from '#engine/model/layers/masked-pooling.ts';
import { ReverseByLength } from '#engine/model/layers/reverse-by-length.ts';
import { SeededDropout } from '#engine/model/layers/seeded-dropout.ts';
import { asVariable } from '../support/keras.ts';
import { withoutLeak } from '../support/on-backend.ts';
import { deviates, expectClose, gradients } from '../support/tensors.ts';

function applied(
  layer: tf.layers.Layer,
  inputs: tf.Tensor | tf.Tensor[],
  options: Record<string, unknown> = {},
): tf.Tensor {
  const output = layer.apply(inputs, options);
  if (output instanceof tf.Tensor) return output;
  throw new Error('not one tensor');
}

const combinations = [true, false].flatMap((returnSequences) =>
  [true, false].map((goBackwards) => ({ returnSequences, goBackwards })),
);

export function layerSuite(): void {
  lstmLayer();
  normalisation();
  pooling();
  dropout();
  leaks();
}

function lstmLayer(): void {
  describe('FusedLstm', () => {
    it.each(combinations)('is tf.layers.lstm with its weights: %o', (options) => {
      tf.tidy(() => {
        const x = deviates([3, 6, 4], 1);
        const keras = tf.layers.lstm({
          ...options,
          units: 5,
          recurrentActivation: 'sigmoid',
          biasInitializer: 'randomNormal',
        });
        const expected = applied(keras, x);
        const layer = new FusedLstm({ ...options, units: 5 });
        layer.build(x.shape);
        layer.setWeights(keras.getWeights());
        expectClose(applied(layer, x), expected, 1e-5);
        layer.getWeights().forEach((weight, index) => {
          expectClose(weight, keras.getWeights()[index] ?? [], 1e-12);
        });
      });
    });

    it('makes a bidirectional layer of two', () => {
      tf.tidy(() => {
        const x = deviates([2, 5, 3], 2);
        const lstm = tf.layers.lstm({
          units: 4,
          returnSequences: true,
          recurrentActivation: 'sigmoid',
        });
        const keras = tf.layers.bidirectional({ layer: lstm, mergeMode: 'concat' });
        const expected = applied(keras, x);
        const halves = [false, true].map((goBackwards, index) => {
          const layer = new FusedLstm({ units: 4, returnSequences: true, goBackwards });
          layer.build(x.shape);
          layer.setWeights(keras.getWeights().slice(3 * index, 3 * index + 3));
          const h = applied(layer, x);
          return goBackwards ? applied(new ReverseByLength({}), h) : h;
        });
        expectClose(tf.concat(halves, 2), expected, 1e-5);
      });
    });

    it('ends each sample of a ragged batch where it ends', () => {
      tf.tidy(() => {
        const x = deviates([2, 5, 3], 3);
        for (const goBackwards of [false, true]) {
          const layer = new FusedLstm({ units: 4, goBackwards, seed: 'a' });
          const ragged = applied(layer, [x, tf.tensor1d([5, 2], 'int32')]);
          const alone = applied(layer, x.slice([1, 0, 0], [1, 2, 3]));
          expectClose(ragged.slice([1, 0], [1, 4]), alone, 1e-6);
        }
      });
    });

    it('survives being written down and read back, as a part of a model', async () => {
      const input = tf.input({ shape: [null, 3] });
      const layer = new FusedLstm({ units: 4, goBackwards: true, seed: 's' });
      const model = tf.model({ inputs: input, outputs: layer.apply(input) as tf.SymbolicTensor });
      const modelTopology = model.toJSON(undefined, false) as { class_name: string };
      const copy = await tf.models.modelFromJSON({ modelTopology });
      copy.setWeights(model.getWeights());
      tf.tidy(() => {
        const x = deviates([2, 5, 3], 4);
        expectClose(applied(copy, x), applied(model, x), 1e-12);
      });
      expect(copy.layers.at(-1)?.getConfig()).toEqual(layer.getConfig());
      model.dispose();
      copy.dispose();
    });

    it('begins with orthonormal recurrent weights and a forget bias of one', () => {
      tf.tidy(() => {
        const layer = new FusedLstm({ units: 8, seed: 'a' });
        layer.build([null, null, 3]);
        const [, recurrent, bias] = layer.getWeights();
        if (!recurrent || !bias) throw new Error('weights are missing');
        expectClose(tf.matMul(recurrent, recurrent, false, true), tf.eye(8), 1e-6);
        expect(tf.split(bias, 4).map((gate) => gate.mean().dataSync()[0])).toEqual([0, 1, 0, 0]);
      });
    });
  });
}

function normalisation(): void {
  describe('LayerNorm', () => {
    it('gives the numbers of tf.layers.layerNormalization, with its gradients', () => {
      const x = tf.tidy(() => tf.variable(deviates([2, 3, 6], 5, 3)));
      const keras = tf.layers.layerNormalization();
      const own = new LayerNorm({});
      for (const layer of [keras, own]) {
        layer.build([null, null, 6]);
        tf.tidy(() => {
          layer.setWeights([deviates([6], 6), deviates([6], 7)]);
        });
      }
      const [expected = [], actual = []] = [keras, own].map((layer) => {
        const variables = [x, ...layer.weights.map((weight) => asVariable(weight.read()))];
        const loss = (): tf.Tensor => tf.sum(tf.mul(applied(layer, x), deviates([2, 3, 6], 8)));
        return [applied(layer, x), ...gradients(loss, variables)];
      });
      actual.forEach((tensor, index) => {
        expectClose(tensor, expected[index] ?? [], 1e-5);
      });
      tf.dispose([x, ...expected, ...actual]);
    });
  });
}

function pooling(): void {
  describe('MaskedPooling', () => {
    const width = 3;
    const steps = [
      [1, 2, 3],
      [3, 2, 5],
      [5, 8, 1],
    ];
    const ragged = (): tf.Tensor[] => {
      const rubbish = Array.from({ length: 2 }, () => [1e3, -1e3, 7]);
      const x = tf.tensor3d([
        [...steps, ...rubbish],
        [...steps.slice(0, 1), ...rubbish, ...rubbish],
      ]);
      return [x, tf.tensor1d([3, 1], 'int32')];
    };

    it('takes mean and deviation over the steps that count', () => {
      tf.tidy(() => {
        const layer = new MaskedPooling({ pooling: 'statistics' });
        const means = [3, 4, 3];
        const deviations = [8 / 3, 8, 8 / 3].map(Math.sqrt);
        const still = Math.sqrt(1e-5);
        const expected = [...means, ...deviations, 1, 2, 3, still, still, still];
        expectClose(applied(layer, ragged()), expected, 1e-5);
        const mean = applied(new MaskedPooling({ pooling: 'mean' }), ragged());
        expectClose(mean, [...means, 1, 2, 3], 1e-6);
      });
    });

    it('weighs steps by attention, and padding with nothing', () => {
      tf.tidy(() => {
        const layer = new MaskedPooling({ pooling: 'attention', seed: 'a' });
        const pooled = applied(layer, ragged());
        expect(pooled.shape).toEqual([2, 2 * width]);
        const [x, lengths] = ragged();
        if (!x || !lengths) throw new Error('no inputs');
        const alone = applied(layer, x.slice([0, 0, 0], [1, 3, width]));
        expectClose(pooled.slice([0, 0], [1, 2 * width]), alone, 1e-5);
        const other = applied(layer, [x, tf.tensor1d([2, 1], 'int32')]);
        expect(other.dataSync()[0]).not.toBeCloseTo(alone.dataSync()[0] ?? NaN, 3);
        layer.setWeights(layer.getWeights().map((weight) => tf.zerosLike(weight)));
        const statistics = applied(new MaskedPooling({ pooling: 'statistics' }), ragged());
        expectClose(applied(layer, ragged()), statistics, 1e-5);
      });
    });
  });
}

function dropout(): void {
  describe('SeededDropout', () => {
    const layer = (): SeededDropout => new SeededDropout({ name: 'drop', rate: 0.5 });

    it('does nothing unless the call has a seed', () => {
      tf.tidy(() => {
        const x = deviates([2, 3, 4], 9);
        expectClose(applied(layer(), x), x, 1e-12);
        expectClose(applied(layer(), x, { training: true }), x, 1e-12);
      });
    });

    it('drops a feature over all steps of a sample, otherwise for another seed, alike for the same', () => {
      tf.tidy(() => {
        const x = tf.ones([8, 3, 16]);
        const [a, b, again] = [1, 2, 1].map((dropoutSeed) =>
          Array.from(applied(layer(), x, { dropoutSeed }).dataSync()),
        );
        expect(again).toEqual(a);
        expect(b).not.toEqual(a);
        expect(new Set(a)).toEqual(new Set([0, 2]));
        const kept = tf.tensor(a ?? [], [8, 3, 16]);
        expectClose(
          tf.sum(kept, 1),
          tf.mul(kept.slice([0, 0, 0], [8, 1, 16]).squeeze([1]), 3),
          1e-6,
        );
        expect(tf.mean(kept).dataSync()[0]).toBeCloseTo(1, 0);
      });
    });
  });
}

function leaks(): void {
  it('leaves no tensor behind in any layer', () => {
    const x = deviates([2, 5, 3], 10);
    const lengths = tf.tensor1d([5, 2], 'int32');
    const layers = [
      new FusedLstm({ units: 4, goBackwards: true, seed: 'a' }),
      new LayerNorm({}),
      new MaskedPooling({ pooling: 'attention', seed: 'a' }),
      new SeededDropout({ name: 'drop', rate: 0.5 }),
      new ReverseByLength({}),
    ];
    for (const layer of layers) {
      const inputs =
        layer instanceof LayerNorm || layer instanceof SeededDropout ? x : [x, lengths];
      layer.build([x.shape, lengths.shape]);
      const output = withoutLeak(() => applied(layer, inputs, { dropoutSeed: 1 }));
      output.dispose();
    }
    tf.dispose([x, lengths]);
  });
}
