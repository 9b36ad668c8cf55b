import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { UndertoneError, type ErrorCode } from '#shared/contract/errors.ts';

/** Primary result codes (https://sqlite.org/rescode.html) that a person can do something about. */
const expected: Readonly<Record<number, readonly [code: ErrorCode, detail: string]>> = {
  3: ['not-writable', 'permission was refused'],
  5: ['not-writable', 'another program is writing to it'],
  8: ['not-writable', 'it is read-only'],
  10: ['disk-error', 'the disk reported an error'],
  11: ['project-damaged', 'a part of its database cannot be read'],
  13: ['disk-full', 'the disk is full'],
  14: ['not-writable', 'it cannot be opened'],
  26: ['project-damaged', 'its database is not readable as one'],
};

/**
 * Runs something that talks to SQLite, and turns a failure that is not ours (a full disk, a damaged file)
 * into one with words for it. Any other failure is a bug and stays as it is.
 *
 * @param path the database's file, for the words
 */
export function withSqlErrors<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translateSqlError(path, error);
  }
}

/** A failure of SQLite in our words, where a person can do something about it; else as it is. */
export function translateSqlError(path: string, error: unknown): unknown {
  const primary = primaryCode(error);
  const known = expected[mayMeanFull.has(primary) && !hasRoom(path) ? full : primary];
  if (!known) return error;
  const [code, detail] = known;
  return new UndertoneError(code, { subject: path, detail, cause: error });
}

/** SQLite says so by itself where a write fails, but not where a file of its own cannot be made or made longer. */
const full = 13;
const mayMeanFull: ReadonlySet<number> = new Set([10, 14]);
/** A database's companion files need less. */
const leastBytes = 1 << 20;

function hasRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize >= leastBytes;
  } catch {
    // The folder is gone, which is another failure and has its own words.
    return true;
  }
}

/** SQLite's primary result code; -1 for any other failure. */
function primaryCode(error: unknown): number {
  const isSql = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
  if (isSql) return (error.errcode as number) & 0xff;
  // Reading several rows at once fails without a code.
  const isMalformed = error instanceof Error && error.message.includes('disk image is malformed');
  return isMalformed ? 11 : -1;
}

/** Whether a failure says that somebody else holds the lock of the file. */
export function isBusy(error: unknown): boolean {
  return error instanceof UndertoneError && primaryCode(error.cause) === 5;
}

/** Whether a read-only connection has met a change that was interrupted, and may not take it back. */
export function isHotJournal(error: unknown): boolean {
  const readonlyRollback = 776;
  const cause = error instanceof UndertoneError ? error.cause : null;
  return (
    cause instanceof Error &&
    'sqliteExtendedCode' in cause &&
    cause.sqliteExtendedCode === readonlyRollback
  );
}

/** Whether a failure says that the content of the file is not what SQLite wrote there. */
export function isDamage(error: unknown): boolean {
  return error instanceof UndertoneError && error.code === 'project-damaged';
}

/** The same of a failure that SQLite has just reported. */
export function isDamaged(error: unknown): boolean {
  return expected[primaryCode(error)]?.[0] === 'project-damaged';
}

/** Whether a failure says that a row breaks a rule of its table. */
export function isConstraint(error: unknown): boolean {
  return primaryCode(error) === 19;
}
