import { describeModel } from '#engine/model/card.ts';
import { hashModel } from '#engine/model/folder/hash.ts';
import { loadModel } from '#engine/model/folder/load.ts';
import type { ModelSummary } from '#shared/contract/engine.ts';
import { readRehearsal } from './file.ts';

/**
 * Reads a model folder with all that analysing and retraining need of it, as neither has read it yet.
 *
 * @throws UndertoneError `model-missing` or `model-invalid` with what is wrong
 */
export async function checkModel(folder: string): Promise<ModelSummary> {
  const { network, card } = await loadModel(folder);
  network.dispose();
  await readRehearsal(folder, card.features);
  return { ...describeModel(card), sha256: await hashModel(folder) };
}
