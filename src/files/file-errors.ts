import { UndertoneError, type ErrorCode } from '#shared/contract/errors.ts';

const details: Readonly<Record<string, string>> = {
  EACCES: 'permission was refused',
  EPERM: 'permission was refused',
  EROFS: 'the disk is read-only',
  ENOENT: 'its folder is missing',
  ENOTDIR: 'its folder is a file',
  EISDIR: 'it is a folder',
  EBUSY: 'another program is using it',
};

/**
 * Runs something that writes a file or makes a folder, and turns a failure that the system reports into
 * one with words for it. Any other failure is a bug and stays as it is.
 *
 * @param path what the person knows it by, for the words
 */
export async function withWriteErrors<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toWriteError(path, error);
  }
}

function toWriteError(path: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new UndertoneError('disk-full', { subject: path, cause: error });
  }
  if (code === 'ENAMETOOLONG') {
    return new UndertoneError('name-too-long', { subject: path, cause: error });
  }
  if (code === 'EIO') return new UndertoneError('disk-error', { subject: path, cause: error });
  const detail = details[code] ?? code;
  return new UndertoneError('not-writable', { subject: path, detail, cause: error });
}

const codeOfReadError: Readonly<Record<string, ErrorCode>> = {
  EIO: 'disk-error',
  ENOENT: 'file-missing',
  ENOTDIR: 'file-missing',
  ELOOP: 'file-missing',
  ENAMETOOLONG: 'file-missing',
  EACCES: 'file-forbidden',
  EPERM: 'file-forbidden',
};

/** What the system says about a file that is to be read, in our words; any other error as it is. */
export function toReadError(path: string, error: unknown): unknown {
  const code = codeOfReadError[systemCode(error) ?? ''];
  return code === undefined ? error : new UndertoneError(code, { subject: path, cause: error });
}

/** `ENOENT` and the like; undefined where the system did not report it. */
export function systemCode(error: unknown): string | undefined {
  const isSystem = error instanceof Error && 'syscall' in error && 'code' in error;
  return isSystem ? String(error.code) : undefined;
}
