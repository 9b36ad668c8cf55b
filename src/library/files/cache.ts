import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { withWriteErrors } from '#files/file-errors.ts';

/**
 * The cache folder of a project: what can be made again from the recordings. Files of the project are stored
 * by their path from here, so that it can be moved or copied; other files by their absolute path.
 */
export interface Cache {
  /** Where the engine puts what it makes of recordings, named `<sha256 of the recording>.…`. */
  readonly engineFolder: string;
  readonly trackPath: (recordingId: number) => string;
  readonly toStored: (path: string) => string;
  readonly fromStored: (stored: string) => string;
  readonly has: (stored: string) => boolean;
  /** Deletes a file, if it is one of the cache: nothing else is ours to delete. */
  readonly removeFile: (path: string) => Promise<void>;
  readonly remove: (owners: CacheOwners) => Promise<void>;
  /** Deletes all but what these own, such as what an import left that was killed half-way. */
  readonly keepOnly: (owners: CacheOwners) => Promise<void>;
}

/** Whom files in the cache are made for, and named after. */
export interface CacheOwners {
  readonly sha256s: ReadonlySet<string>;
  readonly recordingIds: ReadonlySet<number>;
}

export async function openCache(folder: string): Promise<Cache> {
  const engineFolder = join(folder, 'engine');
  const trackFolder = join(folder, 'tracks');
  for (const path of [engineFolder, trackFolder]) {
    await withWriteErrors(path, () => mkdir(path, { recursive: true }));
  }
  const fromStored = (stored: string): string => resolve(folder, stored);
  const projectFolder = dirname(folder) + sep;
  const isInside = (path: string): boolean => path.startsWith(folder + sep);

  return {
    engineFolder,
    trackPath: (recordingId) => join(trackFolder, `${recordingId}.track`),
    toStored: (path) => (path.startsWith(projectFolder) ? relative(folder, path) : path),
    fromStored,
    has: (stored) => existsSync(fromStored(stored)),
    removeFile: async (path) => {
      if (isInside(path)) await rm(path, { force: true });
    },
    remove: async ({ sha256s, recordingIds }) => {
      await removeFiles(engineFolder, (owner) => sha256s.has(owner));
      await removeFiles(trackFolder, (owner) => recordingIds.has(Number(owner)));
    },
    keepOnly: async ({ sha256s, recordingIds }) => {
      await removeFiles(engineFolder, (owner, name) => isHalf(name) || !sha256s.has(owner));
      await removeFiles(
        trackFolder,
        (owner, name) => isHalf(name) || !recordingIds.has(Number(owner)),
      );
    },
  };
}

/** Whether a file was being written when its process was killed; see `writeWhole`. */
function isHalf(name: string): boolean {
  return name.endsWith('.part');
}

/** @param isToGo told whom a file is named after: what its name has before the first dot */
async function removeFiles(
  folder: string,
  isToGo: (owner: string, name: string) => boolean,
): Promise<void> {
  await withWriteErrors(folder, async () => {
    for (const name of await readdir(folder)) {
      const [owner = ''] = name.split('.');
      if (isToGo(owner, name)) await rm(join(folder, name), { recursive: true, force: true });
    }
  });
}
