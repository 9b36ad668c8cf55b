import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Database } from '../database/connection.ts';
import { applicationId } from '../database/inspect.ts';
import { openDatabase, type OpenOptions } from '../database/open.ts';
import { isDamage } from '../database/sql-errors.ts';
import { recover, type RecoverOptions } from './recover.ts';
import { installStaged } from './staging.ts';

/**
 * Opens a project's database; one that is damaged is first replaced by what can be saved of it, once.
 *
 * @throws UndertoneError `project-newer`, `project-invalid`, `not-writable` or `disk-full`; also
 *   `project-damaged` where what was saved cannot be opened either
 */
export async function openOrRecover(
  path: string,
  open: OpenOptions,
  options: RecoverOptions,
): Promise<Database> {
  await installStaged(path);
  try {
    return await openDatabase(path, open);
  } catch (error) {
    if (!isDamage(error)) throw error;
    refuseNewer(path, open);
    await recover(path, options);
  }
  await installStaged(path);
  return openDatabase(path, open);
}

const headerBytes = 100;
const versionAt = 60;
const applicationAt = 68;

/** A damaged project of a newer version is for that version to recover. */
function refuseNewer(path: string, { migrations }: OpenOptions): void {
  const header = readHeader(path);
  const isOurs = header?.readUInt32BE(applicationAt) === applicationId;
  const version = header?.readUInt32BE(versionAt) ?? 0;
  if (isOurs && version > (migrations.at(-1)?.version ?? 0)) {
    throw new UndertoneError('project-newer', { subject: path });
  }
}

/** Without SQLite, which may not get as far as that; undefined where there is not so much of a file. */
function readHeader(path: string): Buffer | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(headerBytes);
    return readSync(file, header, 0, headerBytes, 0) === headerBytes ? header : undefined;
  } finally {
    closeSync(file);
  }
}
