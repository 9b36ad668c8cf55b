import { UndertoneError } from '#shared/contract/errors.ts';
import type { Database } from './connection.ts';

/** So long somebody else's lock is waited for. */
export const busyMilliseconds = 5000;

/** In this order; what each must read back as. */
const pragmas: readonly (readonly [name: string, set: string, expected: number | string])[] = [
  ['busy_timeout', String(busyMilliseconds), busyMilliseconds],
  ['journal_mode', 'WAL', 'wal'],
  // Each commit reaches the disk before it is acknowledged, so a power loss takes back nothing.
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  // A file may come from a stranger: its schema may not call functions that do harm.
  ['trusted_schema', 'OFF', 0],
  // Finds damage at the page where it is, instead of reading on with it.
  ['cell_size_check', 'ON', 1],
  // What a person deletes is overwritten.
  ['secure_delete', 'ON', 1],
  // A disk error under a memory map ends the process instead of failing the call.
  ['mmap_size', '0', 0],
  // On macOS a plain fsync does not reach the platter; elsewhere this is without effect.
  ['fullfsync', 'ON', 1],
];

/** A race between writer and checkpoint could lose commits until this version (sqlite.org/wal.html). */
const oldestSafeVersion = [3, 51, 3] as const;

/**
 * Makes a connection safe to keep a person's work in.
 *
 * @throws UndertoneError `project-invalid` where a setting does not hold, as on disks that cannot do WAL
 */
export function applyPragmas(database: Database): void {
  assertSafeVersion(database);
  for (const [name, set, expected] of pragmas) {
    database.exec(`PRAGMA ${name} = ${set}`);
    const found = database.value(`PRAGMA ${name}`);
    if (found !== expected) {
      throw new UndertoneError('project-invalid', {
        subject: database.path,
        detail: `${name} is ${String(found)} on this disk and must be ${set}`,
      });
    }
  }
}

function assertSafeVersion(database: Database): void {
  const version = String(database.value('SELECT sqlite_version()'));
  const parts = version.split('.').map(Number);
  const differing = oldestSafeVersion.findIndex((part, index) => parts[index] !== part);
  if (differing !== -1 && (parts[differing] ?? 0) < (oldestSafeVersion[differing] ?? 0)) {
    throw new Error(
      `SQLite ${version} can lose commits; ${oldestSafeVersion.join('.')} is needed.`,
    );
  }
}
