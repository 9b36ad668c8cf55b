import { UndertoneError } from '#shared/contract/errors.ts';
import type { Database, Row, SqlValue } from '../connection.ts';
import { isNull, number, text } from '../row.ts';
import { readKey, type JournaledTable } from './capture.ts';

/** A row that an act changed; before is null where the act made it, after where the act removed it. */
export interface RowChange {
  readonly table: JournaledTable;
  readonly before: Row | null;
  readonly after: Row | null;
}

export interface Changes {
  /** In the order in which they were made. */
  readonly of: (editId: number) => readonly RowChange[];
  readonly count: (editId: number) => number;
  /** Makes the database hold `after` where it holds `before`. */
  readonly apply: (change: RowChange) => void;
}

export function createChanges(database: Database): Changes {
  const list = database.prepare(
    'SELECT table_name, before, after FROM edit_change WHERE edit_id = ? ORDER BY id',
  );
  const count = database.prepare('SELECT count(*) AS count FROM edit_change WHERE edit_id = ?');
  const run = createRunner(database);
  const keys = new Map<JournaledTable, readonly string[]>();

  function keyOf(table: JournaledTable): readonly string[] {
    const key = keys.get(table) ?? readKey(database, table);
    keys.set(table, key);
    return key;
  }

  return {
    of: (editId) => list.all(editId).map(toChange),
    count: (editId) => number(count.get(editId) ?? {}, 'count'),
    apply: ({ table, before, after }) => {
      const key = keyOf(table);
      if (before && after) {
        // Only what the act changed: other columns may have changed since, without being undone.
        const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
        const assignments = changed.map((name) => `"${name}" = ?`).join(', ');
        const values = [...cells(after, changed), ...cells(before, key)];
        run(`UPDATE "${table}" SET ${assignments} WHERE ${matching(key)}`, values);
      } else if (after) {
        const names = Object.keys(after);
        const columns = names.map((name) => `"${name}"`).join(', ');
        const marks = names.map(() => '?').join(', ');
        run(`INSERT INTO "${table}" (${columns}) VALUES (${marks})`, cells(after, names));
      } else if (before) {
        run(`DELETE FROM "${table}" WHERE ${matching(key)}`, cells(before, key));
      }
    },
  };
}

/** The change that takes this one back. */
export function inverse({ table, before, after }: RowChange): RowChange {
  return { table, before: after, after: before };
}

/** Few statements do all of it, so each is prepared once. */
function createRunner(database: Database): (sql: string, values: readonly SqlValue[]) => void {
  const statements = new Map<string, ReturnType<Database['prepare']>>();
  return (sql, values) => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    statement.run(...values);
  };
}

function matching(key: readonly string[]): string {
  return key.map((name) => `"${name}" = ?`).join(' AND ');
}

function cells(row: Row, names: readonly string[]): readonly SqlValue[] {
  return names.map((name) => row[name] as SqlValue);
}

function toChange(row: Row): RowChange {
  return {
    table: text(row, 'table_name') as JournaledTable,
    before: isNull(row, 'before') ? null : parse(text(row, 'before')),
    after: isNull(row, 'after') ? null : parse(text(row, 'after')),
  };
}

function parse(json: string): Row {
  try {
    return JSON.parse(json) as Row;
  } catch {
    // A flipped bit in a text is damage that SQLite cannot see.
    const detail = 'what this step changed can no longer be read';
    throw new UndertoneError('edit-refused', { detail });
  }
}
