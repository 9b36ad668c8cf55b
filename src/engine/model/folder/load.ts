import { tf } from '../backend.ts';
import type { ModelCard } from '../card.ts';
import { createNetwork, type Network } from '../network.ts';
import { readModel, refuseOverflow } from './read.ts';

export interface LoadedModel {
  /** For the caller to dispose of. */
  readonly network: Network;
  readonly card: ModelCard;
}

/** A model to be trained further, in TensorFlow. Throws as `readModel`. */
export async function loadModel(folder: string): Promise<LoadedModel> {
  const { config, weights, card } = await readModel(folder);
  const network = await createNetwork(config);
  try {
    network.setWeights(weights);
    refuseOverflow(folder, answerToOnes(network));
    return { network, card };
  } catch (error) {
    network.dispose();
    throw error;
  }
}

function answerToOnes(network: Network): Float32Array {
  return tf.tidy(() => {
    const x = tf.ones<tf.Rank.R3>([1, 8, network.config.inputFeatures]);
    return Float32Array.from(network.logits(x, tf.tensor1d([8], 'int32')).dataSync());
  });
}
