import { UndertoneError, type ErrorCode } from '#shared/contract/errors.ts';

/** Primary result codes (https://sqlite.org/rescode.html) that a person can do something about. */
const expected: Readonly<Record<number, readonly [code: ErrorCode, detail: string]>> = {
  3: ['not-writable', 'permission was refused'],
  5: ['not-writable', 'another program is writing to it'],
  8: ['not-writable', 'it is read-only'],
  10: ['not-writable', 'the disk reported an error'],
  11: ['project-invalid', 'its database is damaged'],
  13: ['disk-full', 'the disk is full'],
  14: ['not-writable', 'it cannot be opened'],
  26: ['project-invalid', 'its database is damaged, or is no database'],
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

function translateSqlError(path: string, error: unknown): unknown {
  const known = expected[primaryCode(error)];
  if (!known) return error;
  const [code, detail] = known;
  return new UndertoneError(code, { subject: path, detail, cause: error });
}

/** The low byte of SQLite's extended result code; -1 for any other failure. */
function primaryCode(error: unknown): number {
  const isSql = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
  return isSql ? (error.errcode as number) & 0xff : -1;
}
