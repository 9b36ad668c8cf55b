import { join } from 'node:path';
import { UndertoneError } from '#shared/contract/errors.ts';
import { connectDatabase } from './database/connection.ts';
import { isBusy } from './database/sql-errors.ts';

/** The right to be the only one who has a project open. */
export interface ProjectLock {
  readonly release: () => void;
}

/** Holds no data, only the lock. */
const lockName = 'project.lock';

/**
 * Takes the lock of a project folder. SQLite takes it from the system, which takes it back when the process
 * ends in whatever way: no lock is ever left behind.
 *
 * @throws UndertoneError `project-in-use` where another process, or another part of this one, has it
 */
export function lockProject(folder: string): ProjectLock {
  const lock = connectDatabase(join(folder, lockName), { readOnly: false });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new UndertoneError('project-in-use', { subject: folder, cause: error });
  }
  return {
    release: () => {
      lock.exec('ROLLBACK');
      lock.close();
    },
  };
}
