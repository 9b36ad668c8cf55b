import { describe, expect, it } from 'vitest';
import { tf } from '#engine/model/backend.ts';
import { toBatch } from '#engine/model/batch.ts';
import { createForward } from '#engine/model/inference/forward.ts';
import type { NetworkConfig } from '#engine/model/network-config.ts';
import { createNetwork } from '#engine/model/network.ts';
import { clip } from '../support/clips.ts';
import { distance } from '../support/tensors.ts';

const plain: NetworkConfig = {
  inputFeatures: 7,
  outputs: 5,
  units: [6, 4],
  bidirectional: false,
  residual: false,
  pooling: 'mean',
  hidden: 0,
  dropout: 0.3,
};

const kinds: readonly (readonly [string, NetworkConfig])[] = [
  ['one layer', { ...plain, units: [6], pooling: 'last' }],
  ['one layer, both ways, last', { ...plain, units: [6], pooling: 'last', bidirectional: true }],
  ['two layers, last', { ...plain, pooling: 'last' }],
  ['two layers, mean', plain],
  ['two layers, both ways, statistics', { ...plain, bidirectional: true, pooling: 'statistics' }],
  ['attention and a hidden layer', { ...plain, pooling: 'attention', hidden: 9 }],
  ['three members', { ...plain, bidirectional: true, pooling: 'statistics', members: 3 }],
  ['two members with attention', { ...plain, pooling: 'attention', hidden: 9, members: 2 }],
  ['a residual of equal widths', { ...plain, units: [6, 6], residual: true }],
  [
    'a residual of other widths, both ways, attention',
    { ...plain, residual: true, bidirectional: true, pooling: 'attention' },
  ],
];

export function forwardSuite(): void {
  describe('createForward', () => {
    it.each(kinds)('answers as the network that was trained: %s', async (_, config) => {
      const network = await createNetwork(config, 'seed');
      // Weights that begin as zeros or ones would hide what is done with them.
      network.setWeights(
        network.weights().map((weight, at) => ({
          ...weight,
          values: weight.values.map((value, index) => value + Math.sin(at + index) / 4),
        })),
      );
      const windows = [12, 1, 12, 5].map((rows, at) => clip(rows, config.inputFeatures, at));
      const { x, lengths } = toBatch(windows, config.inputFeatures);
      const expected = network.logits(x, lengths);
      const truth = await expected.array();
      tf.dispose([x, lengths, expected]);
      const forward = await createForward(config, network.weights());
      network.dispose();
      const answers = await forward.logits(windows);
      await forward.release();
      expect(answers).toHaveLength(windows.length);
      answers.forEach((answer, at) => {
        expect(distance(answer, truth[at] ?? [])).toBeLessThan(1e-5);
      });
    });
  });
}
