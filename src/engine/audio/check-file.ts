import { open, stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { toReadError } from '#files/file-errors.ts';
import { UndertoneError } from '#shared/contract/errors.ts';

export interface CheckedFile {
  readonly bytes: number;
  /** The first bytes, at most `headBytes` of them. */
  readonly head: Uint8Array;
}

const headBytes = 64;

/**
 * Looks at a file before FFmpeg does. Folders, pipes and devices are refused here without being opened: a pipe
 * would never answer, `/dev/zero` never end.
 *
 * @throws UndertoneError file-missing, file-forbidden, file-empty, not-audio
 */
export async function checkFile(path: string): Promise<CheckedFile> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) {
      throw new UndertoneError('not-audio', { subject: path, detail: kindOf(stats) });
    }
    if (stats.size === 0) throw new UndertoneError('file-empty', { subject: path });
    return { bytes: stats.size, head: await readHead(path) };
  } catch (error) {
    throw toReadError(path, error);
  }
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'it is a folder';
  return stats.isFIFO() || stats.isSocket() ? 'it is a pipe' : 'it is a device';
}
