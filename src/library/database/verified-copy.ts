import { rm } from 'node:fs/promises';
import { UndertoneError } from '#shared/contract/errors.ts';
import { writeWhole } from '#files/write-whole.ts';
import { connectDatabase } from './connection.ts';
import { fingerprint, type Fingerprint } from './fingerprint.ts';

/**
 * Copies a consistent state of a database, whatever is written meanwhile, and takes the copy for one only
 * when it has been read again, whole, and holds the same. A file that was at `to` stays until then.
 *
 * @throws UndertoneError `project-damaged`, `disk-full` or `not-writable`
 */
export async function copyVerified(
  from: string,
  to: string,
  signal?: AbortSignal,
): Promise<Fingerprint> {
  const source = connectDatabase(from, { readOnly: true });
  try {
    // What this connection reads from here on is the state of this moment.
    source.exec('BEGIN');
    source.value('SELECT count(*) FROM sqlite_schema');
    return await writeWhole(to, async (temporary) => {
      await source.backupTo(temporary);
      signal?.throwIfAborted();
      const found = await verify(temporary, signal);
      const wanted = await fingerprint(source, signal);
      if (found.sha256 !== wanted.sha256) throw bad(from, 'a copy of it does not hold the same');
      // Verifying opened it, and that may have left these.
      for (const suffix of ['-wal', '-shm']) await rm(temporary + suffix, { force: true });
      return found;
    });
  } finally {
    // Statements keep a closed connection alive, and its transaction would keep the journal from going.
    source.exec('ROLLBACK');
    source.close();
  }
}

/**
 * Reads a database that nobody writes to, whole.
 *
 * @throws UndertoneError `project-damaged`
 */
export async function verify(path: string, signal?: AbortSignal): Promise<Fingerprint> {
  const database = connectDatabase(path, { readOnly: true });
  try {
    const check = database.value('PRAGMA integrity_check(1)');
    if (check !== 'ok') throw bad(path, String(check));
    return await fingerprint(database, signal);
  } finally {
    database.close();
  }
}

function bad(path: string, detail: string): UndertoneError {
  return new UndertoneError('project-damaged', { subject: path, detail });
}
