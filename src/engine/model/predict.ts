import type { Matrix } from '#engine/features/matrix.ts';
import { tf } from './backend.ts';
import { toBatch } from './batch.ts';
import { softmax } from './calibrate.ts';
import type { ModelCard } from './card.ts';
import { loadModel } from './folder/load.ts';
import type { Network } from './network.ts';

const largestBatch = 64;

/** A model at work; holds its weights until disposed of. */
export interface Predictor {
  readonly card: ModelCard;
  /** The calibrated probability of each of the card's labels, for each window by itself. */
  readonly predict: (windows: readonly Matrix[]) => Promise<readonly Float32Array[]>;
  readonly dispose: () => void;
}

/** @throws UndertoneError as `loadModel` */
export async function loadPredictor(folder: string): Promise<Predictor> {
  const { network, card } = await loadModel(folder);
  return {
    card,
    predict: async (windows) => {
      const answers: Float32Array[] = [];
      for (let at = 0; at < windows.length; at += largestBatch) {
        const logits = await logitsOf(network, windows.slice(at, at + largestBatch));
        answers.push(...logits.map((row) => softmax(row, card.temperature)));
      }
      return answers;
    },
    dispose: () => {
      network.dispose();
    },
  };
}

async function logitsOf(
  network: Network,
  windows: readonly Matrix[],
): Promise<readonly Float32Array[]> {
  const logits = tf.tidy(() => {
    const { x, lengths } = toBatch(windows, network.config.inputFeatures);
    return network.logits(x, lengths);
  });
  const values = await logits.data<'float32'>();
  logits.dispose();
  const { outputs } = network.config;
  return windows.map((_, index) => values.slice(index * outputs, (index + 1) * outputs));
}
