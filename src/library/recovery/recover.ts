import { readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UndertoneError } from '#shared/contract/errors.ts';
import { recovery, type Recovery } from '#shared/domain/recovery.ts';
import { systemCode } from '#files/file-errors.ts';
import { writeFileWhole } from '#files/write-whole.ts';
import type { BackupFiles } from '../backup/backup-files.ts';
import type { Migration } from '../database/migrations/migration.ts';
import { verify } from '../database/verified-copy.ts';
import { salvage, type Salvaged } from './salvage.ts';
import { keepAside, stage } from './staging.ts';

export interface RecoverOptions {
  readonly migrations: readonly Migration[];
  readonly backups: BackupFiles;
  readonly now: () => number;
}

/** A good backup and what it holds. */
interface GoodBackup {
  readonly path: string;
  readonly time: number;
  readonly rows: Readonly<Record<string, number>>;
}

const reportName = 'recovery.json';

/**
 * Makes a database that opens out of one that is damaged: what can still be read of it, or the newest good
 * backup where that holds more, or else an empty one. It then waits beside the damaged one (see
 * `staging.ts`), of which a copy is kept, and a report says what was done.
 */
export async function recover(path: string, options: RecoverOptions): Promise<void> {
  const { migrations, backups, now } = options;
  const time = now();
  const kept = await keepAside(path, 'damaged', time);
  const salvagedPath = `${path}.salvaged`;
  await removeDatabase(salvagedPath);
  const salvaged = await salvage(kept, salvagedPath, migrations);
  const backup = isWhole(salvaged) ? null : await newestGood(backups);
  const isBackupBetter = backup !== null && weigh(backup.rows) > weigh(salvaged.rows);
  const rows = isBackupBetter ? backup.rows : salvaged.rows;
  await writeReport(dirname(path), {
    at: new Date(time).toISOString(),
    used: isBackupBetter ? 'backup' : weigh(rows) > 0 ? 'salvage' : 'nothing',
    backupAt: isBackupBetter ? new Date(backup.time).toISOString() : null,
    recordings: rows['recording'] ?? 0,
    segments: rows['segment'] ?? 0,
    lost: salvaged.lostTables.length === 0 ? salvaged.lost : null,
    historyLost: !isBackupBetter && salvaged.lostHistory,
    keptAs: kept === undefined ? '' : basename(kept),
  });
  await stage(isBackupBetter ? backup.path : salvagedPath, path);
  await removeDatabase(salvagedPath);
}

function isWhole({ lost, lostTables }: Salvaged): boolean {
  return lost === 0 && lostTables.length === 0;
}

/** By what a person has put into a project; what is only derived, or a setting, counts for nothing. */
function weigh(rows: Readonly<Record<string, number>>): number {
  return ['recording', 'segment', 'edit'].reduce((sum, table) => sum + (rows[table] ?? 0), 0);
}

async function newestGood(backups: BackupFiles): Promise<GoodBackup | null> {
  for (const { id, time } of await backups.list()) {
    try {
      const path = await backups.check(id);
      return { path, time, rows: (await verify(path)).rows };
    } catch (error) {
      // One that has become bad is passed over for the one before it.
      if (!(error instanceof UndertoneError)) throw error;
    }
  }
  return null;
}

async function removeDatabase(path: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) await rm(path + suffix, { force: true });
}

/** What was done at the last recovery; null where there was none, or the person has taken note of it. */
export async function readReport(folder: string): Promise<Recovery | null> {
  try {
    return recovery.parse(JSON.parse(await readFile(join(folder, reportName), 'utf8')));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

export function removeReport(folder: string): Promise<void> {
  return rm(join(folder, reportName), { force: true });
}

function writeReport(folder: string, report: Recovery): Promise<void> {
  return writeFileWhole(join(folder, reportName), [JSON.stringify(report, null, 2)]);
}
