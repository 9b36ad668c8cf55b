import { expect } from 'vitest';
import { connectDatabase } from '#library/database/connection.ts';
import { createJournal } from '#library/database/journal/journal.ts';
import { allMigrations } from '#library/database/migrations/all.ts';
import { openDatabase } from '#library/database/open.ts';
import { fingerprint } from '../../library/support/dump.ts';

/** What a process had acknowledged when it was killed. */
export interface Acknowledged {
  /** Fingerprint of the project after the last edit; undefined where there was none. */
  readonly edit: string | undefined;
  /** Paths of all recordings that were imported, since the beginning. */
  readonly imports: readonly string[];
}

/**
 * Expects a database to be whole and to hold all that was acknowledged: as it was then or one whole step
 * further, since what ran when the process died may have been stored already, unsaid.
 */
export async function expectAcknowledged(path: string, expected: Acknowledged): Promise<void> {
  const look = connectDatabase(path, { readOnly: true });
  expect(look.value('PRAGMA integrity_check')).toBe('ok');
  expect(look.value('PRAGMA foreign_key_check')).toBeUndefined();
  const paths = look.prepare('SELECT path FROM recording').all();
  expect(paths.map((row) => row['path'])).toEqual(expect.arrayContaining([...expected.imports]));
  look.close();
  if (expected.edit !== undefined) await expectEdit(path, expected.edit);
}

async function expectEdit(path: string, acknowledged: string): Promise<void> {
  const database = await openDatabase(path, { migrations: allMigrations, mustHoldContent: true });
  try {
    if (fingerprint(database) === acknowledged) return;
    const journal = createJournal(database);
    journal.undo();
    if (fingerprint(database) === acknowledged) return;
    journal.redo();
    journal.redo();
    expect(fingerprint(database)).toBe(acknowledged);
  } finally {
    database.close();
  }
}
