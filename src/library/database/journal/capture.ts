import type { Database } from '../connection.ts';
import { number, text } from '../row.ts';

/**
 * What people change. Rows of these tables that change while an edit is open are put down in it by triggers,
 * so that no act can forget to. What is derived (sounds, analyses) is not among them.
 */
export const journaledTables = [
  'segment',
  'tier',
  'label',
  'recording',
  'recording_tag',
  'recorded',
  'job',
  'setting',
  'audit',
] as const;
export type JournaledTable = (typeof journaledTables)[number];

interface Column {
  readonly name: string;
  readonly isReal: boolean;
  readonly isKey: boolean;
}

export interface Capture {
  /** From here on, changes belong to the edit. */
  readonly open: (editId: number) => void;
  readonly close: () => void;
}

/**
 * Makes the triggers. They are temporary, which is to say this connection's own: they know the columns of
 * today, need no migration when one is added, and a stranger's file cannot bring others along.
 */
export function createCapture(database: Database): Capture {
  database.exec('PRAGMA temp_store = MEMORY; CREATE TEMP TABLE open_edit (edit_id INTEGER)');
  // Without it, a row that INSERT OR REPLACE takes away goes by unseen.
  database.exec('PRAGMA recursive_triggers = ON');
  for (const table of journaledTables) {
    for (const trigger of triggers(table, readColumns(database, table))) database.exec(trigger);
  }
  const open = database.prepare('INSERT INTO open_edit (edit_id) VALUES (?)');
  const close = database.prepare('DELETE FROM open_edit');
  return {
    open: (editId) => {
      open.run(editId);
    },
    close: () => {
      close.run();
    },
  };
}

/** The columns of a table's primary key. */
export function readKey(database: Database, table: JournaledTable): readonly string[] {
  return readColumns(database, table).flatMap(({ name, isKey }) => (isKey ? [name] : []));
}

function readColumns(database: Database, table: JournaledTable): readonly Column[] {
  return database
    .prepare(`SELECT name, type, pk FROM pragma_table_info('${table}')`)
    .all()
    .map((row) => ({
      name: text(row, 'name'),
      isReal: text(row, 'type') === 'REAL',
      isKey: number(row, 'pk') > 0,
    }));
}

function triggers(table: JournaledTable, columns: readonly Column[]): readonly string[] {
  const differs = columns.map(({ name }) => `OLD."${name}" IS NOT NEW."${name}"`).join(' OR ');
  const before = rowAsJson('OLD', columns);
  const after = rowAsJson('NEW', columns);
  return [
    trigger(table, 'INSERT', 'true', 'NULL', after),
    trigger(table, 'UPDATE', differs, before, after),
    trigger(table, 'DELETE', 'true', before, 'NULL'),
  ];
}

function trigger(
  table: JournaledTable,
  event: 'INSERT' | 'UPDATE' | 'DELETE',
  condition: string,
  before: string,
  after: string,
): string {
  return `
    CREATE TEMP TRIGGER journal_${table}_${event} AFTER ${event} ON main.${table}
    WHEN EXISTS (SELECT 1 FROM open_edit) AND (${condition})
    BEGIN
      INSERT INTO edit_change (edit_id, table_name, before, after)
      SELECT edit_id, '${table}', ${before}, ${after} FROM open_edit;
    END`;
}

function rowAsJson(row: 'OLD' | 'NEW', columns: readonly Column[]): string {
  const pairs = columns.map(({ name, isReal }) => {
    const cell = `${row}."${name}"`;
    return `'${name}', ${isReal ? exactly(cell) : cell}`;
  });
  return `json_object(${pairs.join(', ')})`;
}

/** By itself JSON in SQLite keeps 15 digits of a number; a row must come back as it was, which takes 17. */
function exactly(cell: string): string {
  return `iif(${cell} IS NULL, NULL, json(printf('%!.17g', ${cell})))`;
}
