import { randomUUID } from 'node:crypto';
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemCode, withWriteErrors } from '#files/file-errors.ts';
import { syncFile, syncFolder } from '#files/write-whole.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { ModelCard } from '../card.ts';
import type { Network } from '../network.ts';
import { encodeWeights, manifestOf } from './manifest.ts';

/**
 * Writes a model as a new folder: whole or not at all, whenever it is interrupted. What an interruption leaves
 * behind is called `<folder>.<uuid>.part` and is no model.
 *
 * @param extras further files by their names; the loader does not need them
 * @throws UndertoneError model-exists, not-writable, disk-full
 */
export async function saveModel(
  folder: string,
  network: Network,
  card: ModelCard,
  extras: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<void> {
  const weights = network.weights();
  const bytes = encodeWeights(weights);
  const files = {
    ...extras,
    'weights.bin': bytes,
    'card.json': toJson(card),
    'model.json': toJson(manifestOf(network.config, weights, bytes)),
  };
  await withWriteErrors(folder, async () => {
    await refuseExisting(folder);
    await mkdir(path.dirname(folder), { recursive: true });
    await writeFolderWhole(folder, files);
  });
}

async function writeFolderWhole(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const temporary = `${folder}.${randomUUID()}.part`;
  await mkdir(temporary);
  try {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(temporary, name);
      await writeFile(file, content, { flag: 'wx' });
      await syncFile(file);
    }
    await syncFolder(temporary);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  await syncFolder(path.dirname(folder));
}

async function refuseExisting(folder: string): Promise<void> {
  const found = await lstat(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return;
  throw new UndertoneError('model-exists', { subject: folder });
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
