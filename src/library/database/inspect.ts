import { existsSync, statSync } from 'node:fs';
import { UndertoneError } from '#shared/contract/errors.ts';
import { connectDatabase, type Database } from './connection.ts';
import { busyMilliseconds } from './pragmas.ts';
import { text } from './row.ts';
import { isHotJournal } from './sql-errors.ts';

/** Marks a SQLite file as an Undertone project ("UNDT"); stands in the file's header. */
export const applicationId = 0x55_4e_44_54;

/** What is at a path where a project's database may be. */
export type Found =
  | { readonly kind: 'nothing' }
  /** A database without a table: new, or what an interrupted creation left. */
  | { readonly kind: 'blank' }
  | { readonly kind: 'project'; readonly version: number };

/**
 * Looks at a database before anything may write to it. The file is opened read-only and stays as it is,
 * byte for byte, whatever is found; unless it was left amid a change that is kept in a rollback journal
 * beside it, as on the way to WAL. Then what it holds can only be told once that change is taken back.
 *
 * @throws UndertoneError `project-damaged`, or `project-invalid` where it is of another program
 */
export function inspectDatabase(path: string): Found {
  if (!existsSync(path)) {
    refuseLostDatabase(path);
    return { kind: 'nothing' };
  }
  try {
    return look(path, { readOnly: true });
  } catch (error) {
    if (!isHotJournal(error)) throw error;
    return look(path, { readOnly: false });
  }
}

function look(path: string, access: { readonly readOnly: boolean }): Found {
  const database = connectDatabase(path, access);
  try {
    // Whoever had it last, and was killed or is just closing, may hold it for a moment.
    database.exec(`PRAGMA busy_timeout = ${busyMilliseconds}`);
    return inspect(database);
  } finally {
    database.close();
  }
}

/** SQLite throws away a journal whose database is gone, and with it the only copy of what it holds. */
function refuseLostDatabase(path: string): void {
  const journal = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (!journal || journal.size === 0) return;
  throw damaged(path, 'its journal is there but the database is not');
}

function inspect(database: Database): Found {
  refuseDamage(database);
  if (database.value('SELECT count(*) FROM sqlite_schema') === 0) return { kind: 'blank' };
  const version = database.value('PRAGMA user_version');
  const isOurs = database.value('PRAGMA application_id') === applicationId;
  if (!isOurs || typeof version !== 'number' || version < 1) {
    throw invalid(database.path, 'its database was made by another program');
  }
  return { kind: 'project', version };
}

/**
 * Reads everything: cells of the wrong type, indexes that do not have what their table has, and rows that refer
 * to others which are not there would each keep a list from being shown, or hide a part of it. That takes a tenth
 * of a second for 100,000 segments, which is 60 ms more than SQLite's quick check, which sees no index.
 */
function refuseDamage(database: Database): void {
  const check = String(database.value('PRAGMA integrity_check(1)'));
  if (check !== 'ok') throw damaged(database.path, check.trim().split('\n').at(-1) ?? '');
  const [orphan] = database.prepare('PRAGMA foreign_key_check').all();
  if (orphan === undefined) return;
  throw damaged(database.path, `an entry of ${text(orphan, 'table')} refers to none that is there`);
}

function invalid(path: string, detail: string): UndertoneError {
  return new UndertoneError('project-invalid', { subject: path, detail });
}

function damaged(path: string, detail: string): UndertoneError {
  return new UndertoneError('project-damaged', { subject: path, detail });
}
