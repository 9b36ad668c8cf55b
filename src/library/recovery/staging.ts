import { existsSync } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withWriteErrors } from '#files/file-errors.ts';
import { syncFolder, writeWhole } from '#files/write-whole.ts';

/** Why a database was put aside. */
export type Reason = 'damaged' | 'replaced';

/** Where a database waits that is to take the place of the one at `path`. */
function stagedPath(path: string): string {
  return `${path}.next`;
}

/**
 * Puts a waiting database in the place of the present one. Interrupted anywhere, it is finished the next
 * time: the waiting one was written whole, and the old one's journal, which SQLite would play into any
 * database of that name, goes before it comes.
 *
 * @returns whether one was waiting
 */
export async function installStaged(path: string): Promise<boolean> {
  const staged = stagedPath(path);
  if (!existsSync(staged)) return false;
  await withWriteErrors(path, async () => {
    for (const suffix of ['-wal', '-shm']) await rm(path + suffix, { force: true });
    await syncFolder(dirname(path));
    await rename(staged, path);
    await syncFolder(dirname(path));
  });
  return true;
}

/** Copies a file so that it waits to take the place of the database. */
export function stage(from: string, path: string): Promise<void> {
  return writeWhole(stagedPath(path), (temporary) => copyFile(from, temporary));
}

/**
 * Keeps a copy of a database as it is, its journal included, under a name with the date.
 *
 * @returns the path of the copy; undefined where there was nothing to keep
 */
export async function keepAside(
  path: string,
  reason: Reason,
  time: number,
): Promise<string | undefined> {
  const date = new Date(time).toISOString().slice(0, 19).replaceAll(':', '-');
  const aside = join(dirname(path), `project.${reason}-${date}.sqlite`);
  let kept: string | undefined;
  for (const suffix of ['-wal', '']) {
    if (!existsSync(path + suffix)) continue;
    await writeWhole(aside + suffix, (temporary) => copyFile(path + suffix, temporary));
    kept = aside;
  }
  return kept;
}
