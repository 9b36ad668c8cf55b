import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode, withWriteErrors } from '#files/file-errors.ts';
import { syncFolder } from '#files/write-whole.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { StoredVersion } from '../database/model-versions.ts';

/** The folder `models/` of a project: a folder a version, none of which is ever changed. */
export interface VersionFiles {
  readonly folderOf: (id: string) => string;
  readonly has: (id: string) => boolean;
  /** Gives a finished folder of the same disk its place; whoever looks finds all of it or nothing. */
  readonly adopt: (from: string, id: string) => Promise<void>;
  /** @throws UndertoneError `model-missing`, or `model-invalid` where a file is not as it was stored */
  readonly verify: (version: Pick<StoredVersion, 'id' | 'sha256'>) => Promise<void>;
  /** Deletes a version's folder; an interruption leaves it whole, or in the cache to be swept. */
  readonly remove: (id: string) => Promise<void>;
}

/** @param scratchFolder of the same disk; what is left there is deleted at the next start */
export function openVersionFiles(folder: string, scratchFolder: string): VersionFiles {
  const folderOf = (id: string): string => join(folder, id);
  return {
    folderOf,
    has: (id) => existsSync(folderOf(id)),
    adopt: (from, id) =>
      withWriteErrors(folderOf(id), async () => {
        await rename(from, folderOf(id));
        await syncFolder(folder);
      }),
    verify: async ({ id, sha256 }) => {
      const subject = folderOf(id);
      if ((await hashFolder(subject)) === sha256) return;
      throw new UndertoneError('model-invalid', { subject, detail: 'its files were changed' });
    },
    remove: (id) =>
      withWriteErrors(folderOf(id), async () => {
        const leaving = join(scratchFolder, id);
        await rename(folderOf(id), leaving);
        await rm(leaving, { recursive: true, force: true });
      }),
  };
}

/**
 * SHA-256 over the names and contents of the files of a model folder.
 *
 * @throws UndertoneError `model-missing` where there is no such folder
 */
export async function hashFolder(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new UndertoneError('model-missing', { subject: folder, cause: error });
  });
  for (const name of names.sort()) {
    const content = createHash('sha256').update(await readFile(join(folder, name)));
    hash.update(`${name}\n${content.digest('hex')}\n`);
  }
  return hash.digest('hex');
}
