import type { Database, Row } from '../database/connection.ts';

/** Told of what could be read of a table, in no order, and of ids under which there may have been more. */
export interface RowReader {
  readonly onRow: (row: Row) => void;
  readonly onUnreadable: (count: number) => void;
}

const rowsAtOnce = 1000;
/** A damaged page holds hundreds of rows at most; beyond this a table's tree itself is gone. */
const mostProbes = 100_000;

/**
 * Reads every row of a table that can be read. Where a stretch of ids cannot, its halves are tried, down
 * to the single row: SQLite finds the way to each page from the root, so a damaged page hides its own rows
 * and no others.
 */
export function readRows(database: Database, table: string, reader: RowReader): void {
  const bounds = findBounds(database, table);
  if (!bounds) return;
  const read = database.prepare(
    `SELECT rowid AS "rowid", * FROM "${table}" WHERE rowid BETWEEN ? AND ?`,
  );
  let probes = 0;

  function tryRange(from: number, to: number): void {
    const rows = attempt(() => read.all(from, to));
    if (rows) {
      rows.forEach(reader.onRow);
      return;
    }
    probes += 1;
    if (from === to || probes > mostProbes) {
      reader.onUnreadable(to - from + 1);
      return;
    }
    const middle = Math.floor((from + to) / 2);
    tryRange(from, middle);
    tryRange(middle + 1, to);
  }

  for (let from = bounds.from; from <= bounds.to; from += rowsAtOnce) {
    tryRange(from, Math.min(bounds.to, from + rowsAtOnce - 1));
  }
}

/** Both ends are tried by themselves: a damaged page at one of them hides that one. */
function findBounds(
  database: Database,
  table: string,
): { readonly from: number; readonly to: number } | undefined {
  const first = attempt(() => database.value(`SELECT min(rowid) FROM "${table}"`));
  const last = attempt(() => database.value(`SELECT max(rowid) FROM "${table}"`));
  const issued = attempt(() =>
    database.value(`SELECT seq FROM sqlite_sequence WHERE name = '${table}'`),
  );
  // Null says that the table is empty; undefined that it could not be asked.
  if (first === null || last === null) return undefined;
  const to = typeof last === 'number' ? last : typeof issued === 'number' ? issued : guessedIds;
  return { from: typeof first === 'number' ? first : 1, to };
}

const guessedIds = 100_000;

/**
 * Reads from a damaged file. Damage shows in many ways, a table that seems not to exist among them, and all
 * of them say the same: it cannot be read there.
 *
 * @returns undefined where it cannot be read
 */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
