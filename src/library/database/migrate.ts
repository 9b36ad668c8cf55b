import type { Database } from './connection.ts';
import { applicationId } from './inspect.ts';
import type { Migration } from './migrations/migration.ts';
import { copyVerified } from './verified-copy.ts';

/**
 * Brings a database up to the newest schema, one transaction a step, so that an interrupted one is as if
 * it had not begun. An existing project is copied first, to `<name>.before-v<N>` beside it.
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<void> {
  const from = readVersion(database);
  const target = migrations.at(-1)?.version ?? 0;
  if (from >= target) return;
  if (from > 0) await copyVerified(database.path, `${database.path}.before-v${target}`);
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
