import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode, withWriteErrors } from '#files/file-errors.ts';
import { readBounded } from '#files/read-bounded.ts';
import { syncFile, syncFolder, writeFileWhole } from '#files/write-whole.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { StoredVersion } from '../database/model-versions.ts';
import type { EngineCall } from '../engine-link.ts';
import type { Project } from '../project.ts';
import {
  decodeModelFile,
  encodeModelFile,
  largestModelFile,
  modelFiles,
  type ModelFile,
} from './model-file.ts';
import { hashFolder } from './version-files.ts';

/**
 * Writes a version as one file, whole or not at all.
 *
 * @throws UndertoneError `model-missing`, `model-invalid`, `not-writable` or `disk-full`
 */
export async function exportModel(
  { versionFiles }: Pick<Project, 'versionFiles'>,
  version: StoredVersion,
  path: string,
): Promise<void> {
  await versionFiles.verify(version);
  const folder = versionFiles.folderOf(version.id);
  const files = new Map<(typeof modelFiles)[number], Uint8Array>();
  for (const name of modelFiles) {
    const bytes = await readIfThere(join(folder, name));
    if (bytes) files.set(name, bytes);
  }
  const { id, parent, madeAt, dataHash, note } = version;
  const { labels, seed, corrections } = version.settings;
  const settings = { labels, seed, corrections };
  const { heldBack, check, seconds } = version.scores;
  const about = { id, parent, madeAt, dataHash, settings, note };
  const scores = { heldBack, check, seconds };
  await writeFileWhole(path, [encodeModelFile({ ...about, scores }, files)]);
}

/**
 * Takes a version out of a file that may come from anywhere. It is kept, and analyses only when it is chosen.
 *
 * @returns its id
 * @throws UndertoneError `model-invalid`, also where there is such a version already; `file-missing` and the
 *   like, `not-writable` or `disk-full`; nothing is changed then
 */
export async function importModel(
  { project, call }: { readonly project: Project; readonly call: EngineCall },
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const { versions, versionFiles, cache } = project;
  const file = decodeModelFile(await readModelFile(path), path);
  const { id, ...about } = file.about;
  if (versions.find(id) || versionFiles.has(id)) {
    throw new UndertoneError('model-invalid', { subject: path, detail: 'it is here already' });
  }
  const scratch = join(cache.engineFolder, id);
  try {
    await unpack(file, scratch);
    const summary = await call('model.check', { modelFolder: scratch }, { signal });
    if (summary.id !== id) {
      const detail = `its card is that of ${summary.id}`;
      throw new UndertoneError('model-invalid', { subject: path, detail });
    }
    const settings = { ...about.settings, labels: summary.labels, recordings: [] };
    const scores = { ...about.scores, changes: null };
    const sha256 = await hashFolder(scratch);
    await versionFiles.adopt(scratch, id);
    versions.add({ ...about, id, origin: 'imported', kept: true, sha256, settings, scores });
    return id;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function readModelFile(path: string): Promise<Uint8Array> {
  const read = await readBounded(path, largestModelFile);
  if (read.kind === 'whole') return read.bytes;
  const detail = read.kind === 'too-long' ? `it has ${read.size} bytes` : 'it is no file';
  throw new UndertoneError('model-invalid', { subject: path, detail });
}

function unpack({ files }: ModelFile, folder: string): Promise<void> {
  return withWriteErrors(folder, async () => {
    await mkdir(folder);
    for (const [name, bytes] of files) {
      const file = join(folder, name);
      await writeFile(file, bytes, { flag: 'wx' });
      await syncFile(file);
    }
    await syncFolder(folder);
  });
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
