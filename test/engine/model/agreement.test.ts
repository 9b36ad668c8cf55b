import { describe, expect, it } from 'vitest';
import { loadBackend, tf } from '#engine/model/backend.ts';
import { toBatch } from '#engine/model/batch.ts';
import { startPortable } from '#engine/model/kernels/portable/start.ts';
import { createNetwork, type Weight } from '#engine/model/network.ts';
import { clip } from './support/clips.ts';
import { distance, gradients } from './support/tensors.ts';

const config = {
  inputFeatures: 30,
  outputs: 8,
  units: [24, 16],
  bidirectional: true,
  residual: true,
  pooling: 'attention',
  hidden: 12,
  dropout: 0.4,
} as const;
const rows = [80, 33, 57, 1, 80];

interface Result {
  readonly backend: string;
  readonly weights: readonly Weight[];
  readonly logits: ArrayLike<number>;
  readonly loss: readonly ArrayLike<number>[];
}

/** Logits, and gradients with dropout, on whatever backend is set. */
async function compute(): Promise<Result> {
  const network = await createNetwork(config, 'seed');
  const { x, lengths } = toBatch(
    rows.map((count, index) => clip(count, config.inputFeatures, index)),
    config.inputFeatures,
  );
  const logits = network.logits(x, lengths);
  const loss = (): tf.Tensor => tf.mean(tf.square(network.logits(x, lengths, { seed: 3 })));
  const slopes = gradients(loss, network.variables);
  const result = {
    backend: tf.getBackend(),
    weights: network.weights(),
    logits: logits.dataSync(),
    loss: slopes.map((slope) => slope.dataSync()),
  };
  tf.dispose([x, lengths, logits, ...slopes]);
  network.dispose();
  return result;
}

describe.skipIf(process.env['UNDERTONE_ENGINE'] === 'portable')('native and portable', () => {
  it('agree on initial weights, answers, dropout and gradients', async () => {
    expect(await loadBackend()).toMatchObject({ kind: 'native' });
    const native = await compute();
    await startPortable();
    const portable = await compute();
    expect([native.backend, portable.backend]).toEqual(['tensorflow', 'wasm']);
    expect(portable.weights).toEqual(native.weights);
    expect(distance(portable.logits, native.logits)).toBeLessThan(1e-5);
    native.loss.forEach((slopes, index) => {
      expect(distance(portable.loss[index] ?? [], slopes)).toBeLessThan(1e-5);
    });
  });
});
