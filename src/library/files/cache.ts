import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { withWriteErrors } from './file-errors.ts';

/**
 * The cache folder of a project: what can be made again from the recordings. Its files are stored by their
 * path within it, so that a project can be moved or copied; other files by their absolute path.
 */
export interface Cache {
  /** Where the engine puts what it makes of recordings; what no recording refers to is swept away. */
  readonly engineFolder: string;
  readonly trackPath: (recordingId: number) => string;
  readonly toStored: (path: string) => string;
  readonly fromStored: (stored: string) => string;
  /** Whether it may be deleted: only what is in the cache is ours. */
  readonly isOurs: (stored: string) => boolean;
  readonly has: (stored: string) => boolean;
  readonly remove: (stored: readonly string[]) => Promise<void>;
  /** Removes every file that is not to be kept, such as those of an import that was killed half-way. */
  readonly sweep: (keep: readonly string[]) => Promise<void>;
}

export async function openCache(folder: string): Promise<Cache> {
  const engineFolder = join(folder, 'engine');
  const trackFolder = join(folder, 'tracks');
  for (const path of [engineFolder, trackFolder]) {
    await withWriteErrors(path, () => mkdir(path, { recursive: true }));
  }
  const fromStored = (stored: string): string => resolve(folder, stored);
  const isInside = (path: string): boolean => path.startsWith(folder + sep);
  const isOurs = (stored: string): boolean => !isAbsolute(stored) && isInside(fromStored(stored));

  async function remove(stored: readonly string[]): Promise<void> {
    for (const path of stored.filter(isOurs)) await rm(fromStored(path), { force: true });
  }

  return {
    engineFolder,
    trackPath: (recordingId) => join(trackFolder, `${recordingId}.track`),
    toStored: (path) => (isInside(path) ? relative(folder, path) : path),
    fromStored,
    isOurs,
    has: (stored) => existsSync(fromStored(stored)),
    remove,
    sweep: async (keep) => {
      const kept = new Set(keep.map(fromStored));
      for (const path of [engineFolder, trackFolder]) {
        const found = (await listFiles(path)).filter((file) => !kept.has(file));
        await remove(found.map((file) => relative(folder, file)));
      }
    },
  };
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
