import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { saveModel } from '#engine/model/folder/save.ts';
import type { Network } from '#engine/model/network.ts';
import type { FoldRun } from './fold-record.ts';
import { encodeRehearsal, type RehearsalClip } from './rehearsal/file.ts';
import { createCard, type CardFacts } from './card/model-card.ts';

type FoldKey = Pick<FoldRun, 'task' | 'fold' | 'seed'>;

/**
 * Where the network of a cross-validation's run is kept, beside the record of the runs: what is measured of
 * speakers it never heard (noise, timelines, adaptation) is measured with these, not with the shipped model.
 */
export function foldModelFolder(record: string, { task, fold, seed }: FoldKey): string {
  return join(dirname(record), 'folds', task.slice(0, 16), `fold-${fold}-seed-${seed}`);
}

/** Writes a run's network as a model folder, in place of one that a stopped run may have left. */
export async function keepFoldModel(
  record: string,
  key: FoldKey,
  network: Network,
  facts: Omit<CardFacts, 'id' | 'measured' | 'seed'>,
  rehearsal: readonly RehearsalClip[],
): Promise<void> {
  const folder = foldModelFolder(record, key);
  await rm(folder, { recursive: true, force: true });
  const id = `fold-${key.fold}-seed-${key.seed}`;
  const card = createCard({ ...facts, id, seed: key.seed, measured: undefined });
  await saveModel(folder, network, card, encodeRehearsal(rehearsal, card.features));
}
