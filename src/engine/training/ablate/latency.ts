import { median } from 'simple-statistics';
import { hopSize, sampleRate } from '#engine/features/frames.ts';
import { rowsOf } from '#engine/features/matrix.ts';
import { createForward } from '#engine/model/inference/forward.ts';
import { createNetwork } from '#engine/model/network.ts';
import type { Recipe } from '../recipe.ts';
import { networkFor } from '../training-data.ts';

const seconds = 3;
const rounds = 31;

/**
 * Milliseconds in which a network of a recipe answers three seconds of features, the median of many. What its
 * weights are decides nothing, so none has to be trained.
 */
export async function measureLatency(recipe: Recipe, labels: readonly string[]): Promise<number> {
  const config = networkFor(recipe, labels);
  const network = await createNetwork(config, 'latency');
  const forward = await createForward(config, network.weights());
  network.dispose();
  try {
    const rows = Math.round((seconds * sampleRate) / (hopSize * recipe.features.stride));
    const clip = rowsOf(new Float32Array(rows * config.inputFeatures), config.inputFeatures);
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const started = performance.now();
      await forward.logits([clip]);
      times.push(performance.now() - started);
    }
    return median(times);
  } finally {
    await forward.release();
  }
}
