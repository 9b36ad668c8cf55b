import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UndertoneError } from '#shared/contract/errors.ts';

/**
 * Writes a file whole or not at all: `write` fills a temporary one beside it, which then takes the name. What carries
 * the name is complete, also after a crash or a power cut. Left-over temporary files end in `.part`.
 *
 * @throws UndertoneError disk-full, not-writable
 */
export async function writeWhole<Result>(
  path: string,
  write: (temporaryPath: string) => Promise<Result>,
): Promise<Result> {
  const temporary = `${path}.${randomUUID()}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    try {
      const result = await write(temporary);
      await flushToDisk(temporary);
      await rename(temporary, path);
      return result;
    } finally {
      // After the renaming there is nothing left to remove.
      await rm(temporary, { force: true });
    }
  } catch (error) {
    throw asWriteError(path, error);
  }
}

async function flushToDisk(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

const unwritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EEXIST', 'EIO']);

function asWriteError(subject: string, error: unknown): unknown {
  const system = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (system === 'ENOSPC' || system === 'EDQUOT') {
    return new UndertoneError('disk-full', { subject, cause: error });
  }
  if (!unwritable.has(system)) return error;
  return new UndertoneError('not-writable', { subject, detail: system, cause: error });
}
