import { describe, expect, it } from 'vitest';
import { tf } from '#engine/model/backend.ts';
import { toBatch, type Batch } from '#engine/model/batch.ts';
import { networkConfig, type NetworkConfig } from '#engine/model/network-config.ts';
import { createNetwork, type Network } from '#engine/model/network.ts';
import { clip } from '../support/clips.ts';
import { withoutLeak } from '../support/on-backend.ts';
import { expectClose, gradients } from '../support/tensors.ts';

const base: NetworkConfig = {
  inputFeatures: 4,
  outputs: 3,
  units: [5, 5],
  bidirectional: true,
  residual: true,
  pooling: 'statistics',
  hidden: 6,
  dropout: 0.3,
};

const variants: readonly NetworkConfig[] = [
  base,
  { ...base, pooling: 'attention', units: [6, 4] },
  { ...base, pooling: 'mean', residual: false, bidirectional: false, hidden: 0 },
  { ...base, pooling: 'last', residual: false, units: [7] },
  { ...base, pooling: 'last', residual: false, units: [7, 3], bidirectional: false },
];

/** A task that can be learnt: is the first feature above zero at the end, at the start, or never? */
function toyTask(): { readonly batch: Batch; readonly targets: tf.Tensor2D } {
  const clips = Array.from({ length: 24 }, (_, index) => {
    const rows = 6 + (index % 5);
    const { data } = clip(rows, 4, index);
    const at = index % 3 === 0 ? rows - 1 : 0;
    for (let row = 0; row < rows; row++) data[row * 4] = index % 3 < 2 && row === at ? 2 : -1;
    return { rows, columns: 4, data };
  });
  const labels = clips.map((_, index) => index % 3);
  const targets = tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), 3).toFloat().as2D(24, 3));
  return { batch: toBatch(clips, 4), targets };
}

async function learn(network: Network, steps: number): Promise<readonly number[]> {
  const { batch, targets } = toyTask();
  const optimizer = tf.train.adam(0.02);
  const losses: number[] = [];
  for (let seed = 1; seed <= steps; seed++) {
    const loss = optimizer.minimize(
      () => {
        const logits = network.logits(batch.x, batch.lengths, { seed });
        return tf.losses.softmaxCrossEntropy(targets, logits).asScalar();
      },
      true,
      [...network.variables],
    );
    losses.push((await loss?.data())?.[0] ?? NaN);
    loss?.dispose();
  }
  tf.dispose([batch.x, batch.lengths, targets]);
  optimizer.dispose();
  return losses;
}

export function networkSuite(): void {
  describe.each(variants)('network $units, pooling $pooling, residual $residual', (config) => {
    it('gives a clip the same answer alone and among longer ones', async () => {
      const network = await createNetwork(config, 'seed');
      tf.tidy(() => {
        const clips = [clip(3, 4, 1), clip(12, 4, 2), clip(1, 4, 3)];
        const { x, lengths } = toBatch(clips, 4);
        const together = network.logits(x, lengths);
        expect(together.shape).toEqual([3, 3]);
        const alone = clips.map((each) => {
          const batch = toBatch([each], 4);
          return network.logits(batch.x, batch.lengths);
        });
        expectClose(together, tf.concat(alone), 1e-5);
      });
      network.dispose();
    });

    it('is the same for the same seed, and another for another', async () => {
      const [a, b, c] = await Promise.all(
        ['one', 'one', 'two'].map((seed) => createNetwork(config, seed)),
      );
      expect(b?.weights()).toEqual(a?.weights());
      expect(c?.weights()).not.toEqual(a?.weights());
      for (const network of [a, b, c]) network?.dispose();
    });

    it('leaves nothing behind: forward, backward, disposed of', async () => {
      const held = (): readonly number[] => [tf.memory().numTensors, tf.backend().numDataIds()];
      const before = held();
      const network = await createNetwork(config, 'seed');
      const { x, lengths } = toBatch([clip(3, 4, 1), clip(5, 4, 2)], 4);
      tf.dispose(withoutLeak(() => network.logits(x, lengths)));
      const loss = (): tf.Tensor => tf.sum(network.logits(x, lengths, { seed: 1 }));
      tf.dispose(withoutLeak(() => gradients(loss, network.variables)));
      tf.dispose([x, lengths]);
      network.dispose();
      expect(held()).toEqual(before);
    });
  });

  describe('training', () => {
    it('learns a toy task, bit for bit the same for one seed', async () => {
      const runs = [];
      for (let run = 0; run < 2; run++) {
        const network = await createNetwork(base, 'seed');
        const losses = await learn(network, 40);
        runs.push({ losses, weights: network.weights() });
        network.dispose();
      }
      const [first, second] = runs;
      expect(first?.losses[0]).toBeGreaterThan(0.8);
      expect(first?.losses.at(-1)).toBeLessThan(0.5);
      expect(second).toEqual(first);
    });

    it('moves every weight', async () => {
      for (const config of variants) {
        const network = await createNetwork(config, 'seed');
        const before = network.weights();
        await learn(network, 1);
        const still = network
          .weights()
          .filter(({ values }, index) => values.join() === before[index]?.values.join());
        expect(still.map(({ name }) => name)).toEqual([]);
        network.dispose();
      }
    });

    it('holds no more memory after many steps than after the first', async () => {
      const network = await createNetwork(base, 'seed');
      await learn(network, 1);
      const before = [tf.memory().numTensors, tf.backend().numDataIds()];
      await learn(network, 10);
      expect([tf.memory().numTensors, tf.backend().numDataIds()]).toEqual(before);
      network.dispose();
    });
  });

  it('keeps the weights that it is given, and refuses those of another network', async () => {
    const [a, b, other] = await Promise.all([
      createNetwork(base, 'one'),
      createNetwork(base),
      createNetwork({ ...base, units: [5], residual: false }),
    ]);
    b.setWeights(a.weights());
    expect(b.weights()).toEqual(a.weights());
    expect(() => {
      other.setWeights(a.weights());
    }).toThrow('other weights');
    for (const network of [a, b, other]) network.dispose();
  });

  it('refuses clips that are not rows of its features', () => {
    expect(() => toBatch([{ rows: 2, columns: 4, data: new Float32Array(7) }], 4)).toThrow('rows');
    expect(() => toBatch([{ rows: 0, columns: 4, data: new Float32Array(0) }], 4)).toThrow('rows');
    expect(() => toBatch([clip(2, 3, 1)], 4)).toThrow('rows');
  });

  it('refuses shapes that make no sense', () => {
    const refused = [
      { ...base, units: [5] },
      { ...base, units: [5, 5, 5] },
      { ...base, units: [0] },
      { ...base, pooling: 'last' },
      { ...base, outputs: 1 },
      { ...base, inputFeatures: 1e9 },
      { ...base, layers: 3 },
    ];
    for (const config of refused) expect(networkConfig.safeParse(config).success).toBe(false);
  });
}
