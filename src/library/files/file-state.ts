import { stat } from 'node:fs/promises';
import { UndertoneError } from '#shared/contract/errors.ts';
import { systemCode } from '#files/file-errors.ts';

/** By which a file is taken to be the same as before, without reading it. */
export interface FileState {
  readonly size: number;
  readonly modifiedMs: number;
}

/**
 * @returns null where there is no such file
 * @throws UndertoneError `file-forbidden` where the system does not let us look
 */
export async function readFileState(path: string): Promise<FileState | null> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { size, modifiedMs: mtimeMs };
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    if (code !== 'EACCES' && code !== 'EPERM') throw error;
    throw new UndertoneError('file-forbidden', { subject: path, cause: error });
  }
}

export function isSameState(one: FileState, other: FileState): boolean {
  return one.size === other.size && one.modifiedMs === other.modifiedMs;
}

/** Files looked at together: a network disk answers slowly, and the process has other things to do. */
const atOnce = 16;

/** The state of many files; null where there is none, or where the system does not let us look. */
export async function readFileStates(
  paths: readonly string[],
): Promise<ReadonlyMap<string, FileState | null>> {
  const left = paths.values();
  const states = new Map<string, FileState | null>();
  async function work(): Promise<void> {
    for (const path of left) states.set(path, await readIfAllowed(path));
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return states;
}

async function readIfAllowed(path: string): Promise<FileState | null> {
  try {
    return await readFileState(path);
  } catch (error) {
    if (error instanceof UndertoneError) return null;
    throw error;
  }
}
