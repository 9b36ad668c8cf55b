import { randomUUID } from 'node:crypto';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { ModelCard } from '../card.ts';
import type { Network } from '../network.ts';
import { encodeWeights, manifestOf } from './manifest.ts';

/**
 * Writes a model as a new folder: whole or not at all, whenever it is interrupted. What an interruption leaves
 * behind is called `<folder>.<uuid>.part` and is no model.
 *
 * @throws UndertoneError not-writable, also where something of that name exists; disk-full
 */
export async function saveModel(folder: string, network: Network, card: ModelCard): Promise<void> {
  const weights = network.weights();
  const bytes = encodeWeights(weights);
  const files = {
    'weights.bin': bytes,
    'card.json': toJson(card),
    'model.json': toJson(manifestOf(network.config, weights, bytes)),
  };
  try {
    await refuseExisting(folder);
    await mkdir(path.dirname(folder), { recursive: true });
    await writeWhole(folder, files);
  } catch (error) {
    throw asSaveError(folder, error);
  }
}

async function writeWhole(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const temporary = `${folder}.${randomUUID()}.part`;
  await mkdir(temporary);
  try {
    for (const [name, content] of Object.entries(files)) {
      await writeSynced(path.join(temporary, name), content);
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
  const detail = 'something of that name exists, and a model never replaces anything';
  throw new UndertoneError('not-writable', { subject: folder, detail });
}

async function writeSynced(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** So that the names in it survive a power cut too; Windows cannot, and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function asSaveError(subject: string, cause: unknown): unknown {
  const code = systemCode(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new UndertoneError('disk-full', { subject, cause });
  }
  return code === '' ? cause : new UndertoneError('not-writable', { subject, detail: code, cause });
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : '';
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
