import { backup, DatabaseSync } from '@photostructure/sqlite';
import { isDamaged, translateSqlError, withSqlErrors } from './sql-errors.ts';

export type SqlValue = string | number | null;
export type Row = Readonly<Record<string, unknown>>;

/** A prepared statement. Parameters are bound in the order of its question marks. */
interface Statement {
  /** @returns the id of the row inserted last on this connection */
  readonly run: (...values: readonly SqlValue[]) => number;
  readonly get: (...values: readonly SqlValue[]) => Row | undefined;
  readonly all: (...values: readonly SqlValue[]) => readonly Row[];
}

/** An open database file. Failures of disk and file are UndertoneErrors that name it. */
export interface Database {
  readonly path: string;
  readonly prepare: (sql: string) => Statement;
  readonly exec: (sql: string) => void;
  /** The first column of the first row that a PRAGMA or SELECT gives; undefined where there is none. */
  readonly value: (sql: string) => unknown;
  /**
   * Does all of `work` or nothing of it, as the only writer meanwhile. It must not be asynchronous: what
   * happened between two turns would be inside the transaction too.
   */
  readonly transaction: <T>(work: () => T) => T;
  /** Makes a function of text that queries of this connection can call. */
  readonly define: (name: string, compute: (text: string) => string) => void;
  /** Copies a consistent state into a new file, whatever is written meanwhile. */
  readonly backupTo: (path: string) => Promise<void>;
  /** Statements keep the file open until they are collected; the process should end soon after. */
  readonly close: () => void;
}

/** Pages of 4 KiB that a copy takes before it lets others write. */
const pagesAtOnce = 2000;

/** Opens the file as it is: no settings are made and nothing is checked. */
export function connectDatabase(
  path: string,
  { readOnly }: { readonly readOnly: boolean },
): Database {
  const connection = withSqlErrors(path, () => new DatabaseSync(path, { readOnly }));
  const exec = (sql: string): void => {
    withSqlErrors(path, () => {
      connection.exec(sql);
    });
  };
  return {
    path,
    exec,
    prepare: (sql) => prepare(connection, path, sql),
    value: (sql) => Object.values(prepare(connection, path, sql).get() ?? {})[0],
    transaction: (work) => {
      exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        exec('COMMIT');
        return result;
      } catch (error) {
        // A full disk ends the transaction by itself.
        if (connection.isTransaction) exec('ROLLBACK');
        throw error;
      }
    },
    define: (name, compute) => {
      connection.function(name, { deterministic: true }, (text: unknown) => compute(String(text)));
    },
    backupTo: async (copy) => {
      try {
        await backup(connection, copy, { rate: pagesAtOnce });
      } catch (error) {
        // It may be the one that cannot be read, or the other that cannot be written.
        throw translateSqlError(isDamaged(error) ? path : copy, error);
      }
    },
    close: () => {
      connection.close();
    },
  };
}

function prepare(
  connection: InstanceType<typeof DatabaseSync>,
  path: string,
  sql: string,
): Statement {
  const statement = withSqlErrors(path, () => connection.prepare(sql));
  return {
    run: (...values) => withSqlErrors(path, () => Number(statement.run(...values).lastInsertRowid)),
    get: (...values) => withSqlErrors(path, () => statement.get(...values) as Row | undefined),
    all: (...values) => withSqlErrors(path, () => statement.all(...values) as readonly Row[]),
  };
}
