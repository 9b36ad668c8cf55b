import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import { hashFile } from '#files/hash-file.ts';
import { syncFile, writeFolderWhole } from '#files/write-whole.ts';
import { copyVerified } from './database/verified-copy.ts';

/** What cannot be made again; the cache can, and is not copied. */
const folders = ['recordings', 'models'] as const;

/**
 * Copies a project that is open, whole or not at all: a consistent state of its database, and the files in
 * it, each read again. Recordings outside stay where they are; the copy names them as the original does.
 *
 * @param to a folder that is not there yet
 * @throws UndertoneError `not-writable`, `disk-full`, `project-damaged` or `cancelled`
 */
export async function copyProject(from: string, to: string, context: CallContext): Promise<void> {
  if (to === from || to.startsWith(from + sep)) {
    const detail = 'it is inside the project itself';
    throw new UndertoneError('not-writable', { subject: to, detail });
  }
  await writeFolderWhole(to, async (temporary) => {
    await copyDatabase(from, temporary, context);
    await copyFiles(from, temporary, context);
  });
}

async function copyDatabase(
  from: string,
  to: string,
  { signal, report }: CallContext,
): Promise<void> {
  report({ stage: 'copying the database', fraction: 0 });
  const name = 'project.sqlite';
  await copyVerified(join(from, name), join(to, name), signal);
}

async function copyFiles(from: string, to: string, { signal, report }: CallContext): Promise<void> {
  const files = (await Promise.all(folders.map((name) => listFiles(join(from, name))))).flat();
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  let done = 0;
  for (const file of files) {
    signal.throwIfAborted();
    await copyOne(file.path, join(to, relative(from, file.path)), signal);
    done += file.bytes;
    report({ stage: 'copying recordings', fraction: done / Math.max(1, bytes) });
  }
}

interface File {
  readonly path: string;
  readonly bytes: number;
}

async function listFiles(folder: string): Promise<readonly File[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.part'))
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => ({ path, bytes: (await stat(path)).size })));
}

async function copyOne(from: string, to: string, signal: AbortSignal): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  await syncFile(to);
  if ((await hashFile(from, { signal })) === (await hashFile(to, { signal }))) return;
  throw new UndertoneError('not-writable', { subject: to, detail: 'the copy differs' });
}
