import { createHash, type Hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database, Row } from './connection.ts';

/** What a database holds, told apart from any other content. */
export interface Fingerprint {
  /** Of every row of every table; hexadecimal. */
  readonly sha256: string;
  readonly rows: Readonly<Record<string, number>>;
}

/** So many that a chunk takes about as long as a frame of the screen at most. */
const rowsPerTurn = 1000;

/**
 * Reads all that a database holds, a little at a time, so that the process answers meanwhile. Integrity
 * alone proves little: a copy without a single table passes that check.
 */
export async function fingerprint(database: Database, signal?: AbortSignal): Promise<Fingerprint> {
  const hash = createHash('sha256');
  const rows: Record<string, number> = {};
  for (const { name, hasRowid } of listTables(database)) {
    hash.update(`${name}\n`);
    rows[name] = await (hasRowid
      ? hashByRowid(database, name, hash, signal)
      : hashWhole(database, name, hash));
  }
  return { sha256: hash.digest('hex'), rows };
}

interface Table {
  readonly name: string;
  readonly hasRowid: boolean;
}

/** The tables of a database, SQLite's own counters of ids among them, in the order of their names. */
export function listTables(database: Database): readonly Table[] {
  return database
    .prepare(
      `SELECT name, wr FROM pragma_table_list
       WHERE schema = 'main' AND type = 'table' AND name <> 'sqlite_schema' ORDER BY name`,
    )
    .all()
    .map((row) => ({ name: String(row['name']), hasRowid: row['wr'] === 0 }));
}

async function hashByRowid(
  database: Database,
  table: string,
  hash: Hash,
  signal?: AbortSignal,
): Promise<number> {
  const statement = database.prepare(
    `SELECT rowid AS "the rowid", * FROM "${table}" WHERE rowid > ? ORDER BY rowid LIMIT ${rowsPerTurn}`,
  );
  let count = 0;
  let last: unknown = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const rows = statement.all(Number(last));
    for (const row of rows) update(hash, row);
    count += rows.length;
    if (rows.length < rowsPerTurn) return count;
    last = rows.at(-1)?.['the rowid'];
    await nextTurn();
    signal?.throwIfAborted();
  }
}

function hashWhole(database: Database, table: string, hash: Hash): number {
  const rows = database.prepare(`SELECT * FROM "${table}"`).all();
  for (const row of rows) update(hash, row);
  return rows.length;
}

function update(hash: Hash, row: Row): void {
  hash.update(`${JSON.stringify(Object.values(row))}\n`);
}
