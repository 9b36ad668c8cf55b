import { renameSync, rmSync } from 'node:fs';
import { connectDatabase, type Database } from './connection.ts';
import { applicationId } from './inspect.ts';
import type { Migration } from './migrations/migration.ts';

/**
 * Brings a database up to the newest schema, one transaction a step, so that an interrupted one is as if
 * it had not begun. An existing project is copied first, to `<name>.before-v<N>` beside it.
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<void> {
  const from = readVersion(database);
  const target = migrations.at(-1)?.version ?? 0;
  if (from >= target) return;
  if (from > 0) await backUp(database, `${database.path}.before-v${target}`);
  for (const migration of migrations) applyMigration(database, migration);
  if (database.value('PRAGMA foreign_key_check') !== undefined) {
    throw new Error('Migrating left rows that refer to nothing.');
  }
}

function applyMigration(database: Database, { version, sql }: Migration): void {
  database.transaction(() => {
    // Asked inside the transaction: another process may have done this step meanwhile.
    if (readVersion(database) >= version) return;
    database.exec(sql);
    database.exec(`PRAGMA application_id = ${applicationId}`);
    database.exec(`PRAGMA user_version = ${version}`);
  });
}

function readVersion(database: Database): number {
  return Number(database.value('PRAGMA user_version'));
}

/** A copy that fails its check never takes the place of an older good one. */
async function backUp(database: Database, path: string): Promise<void> {
  const unchecked = `${path}.unchecked`;
  rmSync(unchecked, { force: true });
  await database.backupTo(unchecked);
  const copy = connectDatabase(unchecked, { readOnly: true });
  try {
    const check = copy.value('PRAGMA integrity_check(1)');
    if (check !== 'ok') throw new Error(`The copy made before migrating is bad: ${String(check)}`);
    if (describeContent(copy) !== describeContent(database)) {
      throw new Error('The copy made before migrating does not hold what the database holds.');
    }
  } finally {
    copy.close();
  }
  renameSync(unchecked, path);
}

/** Integrity alone proves little: a copy without a single table passes that check. */
function describeContent(database: Database): string {
  const tables = database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
    .all()
    .map((row) => String(row['name']));
  return tables
    .map((table) => `${table} ${String(database.value(`SELECT count(*) FROM "${table}"`))}`)
    .join('\n');
}
