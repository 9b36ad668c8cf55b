import { existsSync } from 'node:fs';
import { connectDatabase, type Database, type Row } from '../database/connection.ts';
import { listTables } from '../database/fingerprint.ts';
import type { Migration } from '../database/migrations/migration.ts';
import { openDatabase } from '../database/open.ts';
import { isConstraint } from '../database/sql-errors.ts';
import { attempt, readRows } from './read-rows.ts';

/** What could be read of a damaged database. */
export interface Salvaged {
  readonly rows: Readonly<Record<string, number>>;
  /** At most so many rows could not be read, or no longer fit together with what could. */
  readonly lost: number;
  /** Tables of which nothing at all could be read, not even whether they held anything. */
  readonly lostTables: readonly string[];
  /** Whether the history of edits was left out: steps of it would lead back to rows that are lost. */
  readonly lostHistory: boolean;
}

/**
 * Copies all that can be read of a damaged database into a new one, row by row. The new one has the schema
 * of the same version, so that it can be migrated like any other.
 *
 * @param from is only read; undefined where there is nothing to read from
 * @param to must not be there yet
 */
export async function salvage(
  from: string | undefined,
  to: string,
  migrations: readonly Migration[],
): Promise<Salvaged> {
  const source = from === undefined ? null : openDamaged(from);
  try {
    const known = migrationsUpTo(source, migrations);
    const target = await openDatabase(to, { migrations: known, mustHoldContent: false });
    try {
      target.exec('PRAGMA foreign_keys = OFF');
      const salvaged = target.transaction(() => copyTables(source, target));
      target.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return salvaged;
    } finally {
      target.close();
    }
  } finally {
    source?.close();
  }
}

/** Those that the damaged one had; all of them where it does not say. */
function migrationsUpTo(
  source: Database | null,
  migrations: readonly Migration[],
): readonly Migration[] {
  const version = source ? attempt(() => source.value('PRAGMA user_version')) : undefined;
  if (typeof version !== 'number' || version < 1) return migrations;
  return migrations.filter((migration) => migration.version <= version);
}

/** @returns null where not even the list of tables can be read */
function openDamaged(path: string): Database | null {
  // The journal alone may have been kept.
  if (!existsSync(path)) return null;
  const database = connectDatabase(path, { readOnly: true });
  if (attempt(() => database.prepare('SELECT * FROM sqlite_schema').all())) return database;
  database.close();
  return null;
}

function copyTables(source: Database | null, target: Database): Salvaged {
  const lostTables: string[] = [];
  let lost = 0;
  const tables = listTables(target).filter(({ name }) => !name.startsWith('sqlite_'));
  for (const { name, hasRowid } of tables) {
    const columns = source ? sharedColumns(source, target, name) : [];
    if (!source || columns.length === 0) {
      lostTables.push(name);
      continue;
    }
    const insert = insertion(target, name, columns, hasRowid);
    const reader = {
      onRow: (row: Row) => {
        if (!insert(row)) lost += 1;
      },
      onUnreadable: (count: number) => {
        lost += count;
      },
    };
    if (hasRowid) readRows(source, name, reader);
    else if (!readWithoutRowid(source, name, reader.onRow)) lostTables.push(name);
  }
  if (source) keepIssuedIds(source, target);
  lost += removeOrphans(target);
  const lostHistory = lost > 0 || lostTables.length > 0;
  if (lostHistory) removeHistory(target, tables);
  const rows = Object.fromEntries(
    tables.map(({ name }) => [name, Number(target.value(`SELECT count(*) FROM "${name}"`))]),
  );
  return { rows, lost, lostTables, lostHistory };
}

/** Names come from the target alone: those of a damaged file are not to be trusted. */
function sharedColumns(source: Database, target: Database, table: string): readonly string[] {
  const columnsOf = (database: Database): readonly string[] =>
    database
      .prepare(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map((row) => String(row['name']));
  const there = new Set(attempt(() => columnsOf(source)) ?? []);
  return columnsOf(target).filter((name) => there.has(name));
}

/** @returns false where the row does not fit: what was read of it cannot be what was written */
function insertion(
  target: Database,
  table: string,
  columns: readonly string[],
  hasRowid: boolean,
): (row: Row) => boolean {
  const names = hasRowid ? ['rowid', ...columns] : columns;
  const list = names.map((name) => `"${name}"`).join(', ');
  const marks = names.map(() => '?').join(', ');
  const statement = target.prepare(`INSERT OR REPLACE INTO "${table}" (${list}) VALUES (${marks})`);
  return (row) => {
    try {
      statement.run(...names.map((name) => toValue(row[name])));
      return true;
    } catch (error) {
      if (isConstraint(error)) return false;
      throw error;
    }
  };
}

function toValue(cell: unknown): string | number | null {
  return typeof cell === 'string' || typeof cell === 'number' ? cell : null;
}

/** Such tables are small: from the front up to the damage, if there is any. @returns whether any was read */
function readWithoutRowid(source: Database, table: string, onRow: (row: Row) => void): boolean {
  const rows = attempt(() => source.prepare(`SELECT * FROM "${table}"`).all());
  rows?.forEach(onRow);
  return rows !== undefined;
}

/** The id of a removed row, which may name files, must not be given again. */
function keepIssuedIds(source: Database, target: Database): void {
  const issued = attempt(() => source.prepare('SELECT name, seq FROM sqlite_sequence').all()) ?? [];
  const raise = target.prepare('UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?');
  for (const { name, seq } of issued) {
    if (typeof name === 'string' && typeof seq === 'number') raise.run(seq, name);
  }
}

function removeHistory(target: Database, tables: readonly { readonly name: string }[]): void {
  for (const table of ['edit_change', 'edit']) {
    if (tables.some(({ name }) => name === table)) target.exec(`DELETE FROM ${table}`);
  }
}

/** Removes rows that refer to others which could not be read. @returns how many */
function removeOrphans(target: Database): number {
  let removed = 0;
  const count = target.prepare('SELECT changes() AS removed');
  while (target.value('PRAGMA foreign_key_check') !== undefined) {
    for (const { child, column, parent, key } of foreignKeys(target)) {
      target.exec(
        `DELETE FROM "${child}" WHERE "${column}" NOT IN (SELECT "${key}" FROM "${parent}")`,
      );
      removed += Number(count.get()?.['removed']);
    }
  }
  return removed;
}

interface ForeignKey {
  readonly child: string;
  readonly column: string;
  readonly parent: string;
  readonly key: string;
}

function foreignKeys(target: Database): readonly ForeignKey[] {
  return target
    .prepare(
      `SELECT list.name AS child, key."from" AS "column", key."table" AS parent, key."to" AS "key"
       FROM pragma_table_list AS list JOIN pragma_foreign_key_list(list.name) AS key
       WHERE list.schema = 'main' AND list.type = 'table'`,
    )
    .all()
    .map((row) => ({
      child: String(row['child']),
      column: String(row['column']),
      parent: String(row['parent']),
      key: String(row['key']),
    }));
}
