import { rowsOf, type Matrix } from '#engine/features/matrix.ts';
import { softmax } from './calibrate.ts';
import type { ModelCard } from './card.ts';
import { readModel, refuseOverflow } from './folder/read.ts';
import { createForward, type Forward } from './inference/forward.ts';

const largestBatch = 64;

/** A model at work; holds its weights until disposed of. */
export interface Predictor {
  readonly card: ModelCard;
  /** The calibrated probability of each of the card's labels, for each window by itself. */
  readonly predict: (windows: readonly Matrix[]) => Promise<readonly Float32Array[]>;
  readonly dispose: () => void;
}

/** @throws UndertoneError as `readModel` */
export async function loadPredictor(folder: string): Promise<Predictor> {
  const { config, weights, card } = await readModel(folder);
  const forward = await createForward(config, weights);
  try {
    const ones = new Float32Array(8 * config.inputFeatures).fill(1);
    const [logits = ones] = await forward.logits([rowsOf(ones, config.inputFeatures)]);
    refuseOverflow(folder, logits);
    return predictorOf(card, forward);
  } catch (error) {
    await forward.release();
    throw error;
  }
}

function predictorOf(card: ModelCard, forward: Forward): Predictor {
  return {
    card,
    predict: async (windows) => {
      const answers: Float32Array[] = [];
      for (let at = 0; at < windows.length; at += largestBatch) {
        const logits = await forward.logits(windows.slice(at, at + largestBatch));
        answers.push(...logits.map((row) => softmax(row, card.temperature)));
      }
      return answers;
    },
    dispose: () => {
      void forward.release();
    },
  };
}
