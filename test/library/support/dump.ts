import { createHash } from 'node:crypto';
import type { Database } from '#library/database/connection.ts';
import { journaledTables } from '#library/database/journal/capture.ts';

/** All that people can change, row by row, to compare two moments of a project. */
export function dumpJournaled(database: Database): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    journaledTables.map((table) => [
      table,
      database
        .prepare(`SELECT * FROM "${table}"`)
        .all()
        .map((row) => JSON.stringify(row))
        .sort(),
    ]),
  );
}

/** Of that, what only people change: without what the model said, and how far the work on it is. */
export function dumpPersons(database: Database): Readonly<Record<string, readonly string[]>> {
  const { segment = [], ...rest } = dumpJournaled(database);
  const persons = segment.filter((row) => !row.includes('"tier":"model"'));
  return { ...rest, segment: persons, job: [] };
}

/** What people have said of segments, in a few characters. */
export function fingerprint(database: Database): string {
  const { segment, tier, label } = dumpPersons(database);
  return createHash('sha256').update(JSON.stringify({ segment, tier, label })).digest('hex');
}
