import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UndertoneError } from '#shared/contract/errors.ts';
import { withWriteErrors } from '#files/file-errors.ts';
import { syncFolder } from '#files/write-whole.ts';
import { copyVerified, verify } from '../database/verified-copy.ts';
import { timesToKeep } from './rotation.ts';

/** A copy of a project's database that was found good when it was made. */
export interface Backup {
  /** Name of its file, in the folder of the project's backups. */
  readonly id: string;
  /** When it was made, in milliseconds. */
  readonly time: number;
  /** Begin of the fingerprint of what it holds. */
  readonly content: string;
}

export interface BackupFiles {
  /** The newest first. */
  readonly list: () => Promise<readonly Backup[]>;
  /**
   * Makes a copy, reads it again, and only then lets go of those that are too many. Where nothing has
   * changed since the newest one, that one stays the newest.
   *
   * @throws UndertoneError `project-damaged`, `disk-full` or `not-writable`; all others then stay
   */
  readonly make: (databasePath: string, time: number, signal?: AbortSignal) => Promise<Backup>;
  /**
   * The path of a backup that has been read again, whole, just now.
   *
   * @throws UndertoneError `not-found`, or `project-damaged` where it no longer holds what it held
   */
  readonly check: (id: string) => Promise<string>;
}

/** In the name of a file, where there can be no colon. */
const named = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)-([0-9a-f]{16})\.sqlite$/u;

/** @param folder of the backups of one project; made with the first */
export function openBackupFiles(folder: string): BackupFiles {
  async function list(): Promise<readonly Backup[]> {
    const names = await withWriteErrors(folder, async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return readdir(folder);
    });
    return names.flatMap((name) => toBackup(name) ?? []).sort((a, b) => b.time - a.time);
  }

  return {
    list,
    make: async (databasePath, time, signal) => {
      const [newest] = await list();
      const unnamed = join(folder, 'newest.sqlite');
      const { sha256 } = await copyVerified(databasePath, unnamed, signal);
      const content = sha256.slice(0, 16);
      if (newest?.content === content) {
        await rm(unnamed);
        return newest;
      }
      const id = `${new Date(time).toISOString().replaceAll(':', '-')}-${content}.sqlite`;
      await withWriteErrors(folder, async () => {
        await rename(unnamed, join(folder, id));
        await syncFolder(folder);
      });
      await rotate(folder, await list());
      return { id, time, content };
    },
    check: async (id) => {
      const backup = toBackup(id);
      if (!backup || !(await list()).some((one) => one.id === id)) {
        throw new UndertoneError('not-found', { subject: 'This backup' });
      }
      const path = join(folder, id);
      const { sha256 } = await verify(path);
      if (sha256.startsWith(backup.content)) return path;
      const detail = 'it does not hold what it held when it was made';
      throw new UndertoneError('project-damaged', { subject: path, detail });
    },
  };
}

/** Where the backups of a project are: a folder that tells its name, and apart from another of that name. */
export function backupFolderOf(backupsFolder: string, projectFolder: string): string {
  const place = createHash('sha256').update(projectFolder).digest('hex').slice(0, 12);
  return join(backupsFolder, `${basename(projectFolder)}-${place}`);
}

function toBackup(name: string): Backup | undefined {
  const [, hour, minute, second, content] = named.exec(name) ?? [];
  if (hour === undefined || content === undefined) return undefined;
  return { id: name, time: Date.parse(`${hour}:${minute}:${second}`), content };
}

async function rotate(folder: string, backups: readonly Backup[]): Promise<void> {
  for (const name of await readdir(folder)) {
    // What was being written when its process was killed.
    if (name.endsWith('.part')) await rm(join(folder, name), { force: true });
  }
  const keep = timesToKeep(backups.map(({ time }) => time));
  for (const { id, time } of backups) {
    if (!keep.has(time)) await rm(join(folder, id), { force: true });
  }
}
