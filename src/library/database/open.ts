import { UndertoneError } from '#shared/contract/errors.ts';
import { connectDatabase, type Database } from './connection.ts';
import { inspectDatabase } from './inspect.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
import { applyPragmas } from './pragmas.ts';

export interface OpenOptions {
  readonly migrations: readonly Migration[];
  /** Whether a database has been here before, so that a blank one means that its content was lost. */
  readonly mustHoldContent: boolean;
}

/**
 * Opens a project's database, making it where there is none, and brings it up to the newest schema.
 *
 * @throws UndertoneError `project-newer`, `project-damaged` or `project-invalid`; the file is then as it was, byte for byte
 */
export async function openDatabase(path: string, options: OpenOptions): Promise<Database> {
  const { migrations, mustHoldContent } = options;
  const found = inspectDatabase(path);
  if (found.kind === 'project' && found.version > (migrations.at(-1)?.version ?? 0)) {
    throw new UndertoneError('project-newer', { subject: path });
  }
  if (found.kind === 'blank' && mustHoldContent) {
    throw new UndertoneError('project-damaged', {
      subject: path,
      detail: 'its database is empty, although it has held a project',
    });
  }
  const database = connectDatabase(path, { readOnly: false });
  try {
    applyPragmas(database);
    await migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
