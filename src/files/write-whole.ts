import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UndertoneError } from '#shared/contract/errors.ts';
import { withWriteErrors } from './file-errors.ts';

/**
 * Writes a file so that whoever looks finds the old one or the whole new one, whatever happens meanwhile:
 * `write` fills a temporary file beside it, which goes to the disk and then takes the name. What an
 * interruption leaves behind ends in `.part`.
 *
 * @returns what `write` gives
 * @throws UndertoneError `disk-full` or `not-writable`; the old file is then as it was
 */
export function writeWhole<T>(
  path: string,
  write: (temporaryPath: string) => Promise<T>,
): Promise<T> {
  const temporary = temporaryPath(path);
  return withWriteErrors(path, async () => {
    try {
      const outcome = await write(temporary);
      await syncFile(temporary);
      await rename(temporary, path);
      await syncFolder(dirname(path));
      return outcome;
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  });
}

/**
 * Fills a folder that is not there yet, so that whoever looks finds none or all of it. What an interruption leaves
 * behind ends in `.part`.
 *
 * @returns what `fill` gives
 * @throws UndertoneError `disk-full` or `not-writable`; nothing is left behind then
 */
export function writeFolderWhole<T>(
  path: string,
  fill: (temporaryPath: string) => Promise<T>,
): Promise<T> {
  const temporary = temporaryPath(path);
  return withWriteErrors(path, async () => {
    if (existsSync(path)) {
      const detail = 'there is something of that name already';
      throw new UndertoneError('not-writable', { subject: path, detail });
    }
    try {
      await mkdir(temporary, { recursive: true });
      const outcome = await fill(temporary);
      await rename(temporary, path);
      await syncFolder(dirname(path));
      return outcome;
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      throw error;
    }
  });
}

/** Most bytes of a name that a temporary one begins with: more than 255 no file system takes. */
const longestBeginning = 200;

/** What every temporary file or folder that is to become `path` begins with. */
export function beginningOfTemporary(path: string): string {
  const name = Buffer.from(basename(path));
  // Cut by bytes, and not through the middle of a letter.
  return `${new TextDecoder().decode(name.subarray(0, longestBeginning), { stream: true })}.`;
}

function temporaryPath(path: string): string {
  return join(dirname(path), `${beginningOfTemporary(path)}${randomUUID()}.part`);
}

type Chunks = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** Writes text or bytes whole, in pieces that need not be in memory together. */
export function writeFileWhole(path: string, chunks: Chunks): Promise<void> {
  return writeWhole(path, async (temporary) => {
    await using(await open(temporary, 'wx'), async (file) => {
      // Goes on where the chunk before it ended.
      for await (const chunk of chunks) await file.writeFile(chunk);
    });
  });
}

/** Returns when the content of a file is on the disk. */
export async function syncFile(path: string): Promise<void> {
  // Windows flushes only what is open for writing.
  await using(await open(path, 'r+'), (file) => file.sync());
}

/**
 * Returns when the names in a folder are on the disk; without it, a power loss could undo a renaming.
 * Windows has no such call and no need of one.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using(await open(folder, 'r'), (handle) => handle.sync());
}

async function using(file: FileHandle, work: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(file);
  } finally {
    await file.close();
  }
}
