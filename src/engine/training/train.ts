import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { ModelCard } from '#engine/model/card.ts';
import { saveModel } from '#engine/model/folder/save.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Corpus } from './corpora/clip.ts';
import type { CrossvalReport } from './crossval-report.ts';
import { isHeard } from './dataset.ts';
import { fitNetwork, type FitProgress } from './fit.ts';
import { calibrate, judge } from './judge.ts';
import { score } from './metrics.ts';
import { createCard, type HeldOutScores } from './card/model-card.ts';
import { writeCardFiles } from './card/write.ts';
import { createRandom } from './random.ts';
import type { Recipe } from './recipe.ts';
import { chooseRehearsal } from './rehearsal/choose.ts';
import { encodeRehearsal } from './rehearsal/file.ts';
import { holdOut } from './splits.ts';
import { loadTrainingData, networkFor, type TrainingTools } from './training-data.ts';

export interface TrainTask {
  readonly corpora: readonly Corpus[];
  readonly recipe: Recipe;
  readonly seed: number;
  /** The model's folder, which must not exist; its name becomes the model's id. */
  readonly out: string;
  /** Cross-validation of this recipe on these data, for the card; else it has the held-out speakers' scores. */
  readonly measured?: CrossvalReport | undefined;
  /** File in which a stopped training is taken up again. */
  readonly checkpoint?: string | undefined;
  readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
}

export type TrainProgress =
  | { readonly kind: 'features'; readonly done: number; readonly of: number }
  | ({ readonly kind: 'training' } & FitProgress);

/**
 * Trains a model on all speakers but two, who calibrate it, and writes its folder. Nothing is chosen by a
 * score: the number of epochs is the recipe's.
 * @throws model-exists, not-writable, disk-full, corpus-invalid, the signal's reason
 */
export async function trainModel(task: TrainTask, tools: TrainingTools): Promise<ModelCard> {
  const { corpora, recipe, seed, out, measured, onProgress } = task;
  if (existsSync(out)) throw new UndertoneError('model-exists', { subject: out });
  const data = await loadTrainingData(corpora, recipe, tools, (done, of) =>
    onProgress?.({ kind: 'features', done, of }),
  );
  const { samples, labels } = data;
  const { train, validation } = holdOut(samples, createRandom(seed, 'final validation'));
  const network = await fitNetwork(networkFor(recipe, labels), {
    train: train.filter(isHeard),
    validation: validation.filter(isHeard),
    labels,
    recipe,
    seed,
    checkpoint: task.checkpoint,
    onProgress: (progress) => onProgress?.({ kind: 'training', ...progress }),
    signal: tools.signal,
  });
  try {
    const hearing = { network, settings: recipe.features, labels };
    const temperature = await calibrate(hearing, validation, recipe.examples.scopes);
    const [scope = 'clip'] = recipe.examples.scopes;
    const judged = await judge(hearing, validation, scope, temperature);
    const heldOut: HeldOutScores = {
      ...score(judged, labels.length),
      names: [...new Set(validation.map(({ speaker }) => speaker))],
    };
    const card = createCard({
      id: basename(out),
      corpora,
      recipe,
      seed,
      measured,
      samples,
      labels,
      temperature,
      heldOut,
    });
    const clips = chooseRehearsal(train, validation, createRandom(seed, 'rehearsal'));
    await saveModel(out, network, card, encodeRehearsal(clips, recipe.features));
    await writeCardFiles(out, card, measured);
    return card;
  } finally {
    network.dispose();
  }
}
