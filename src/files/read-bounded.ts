import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { toReadError } from './file-errors.ts';

/** What became of asking for a whole file. */
export type BoundedRead =
  | { readonly kind: 'whole'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-long'; readonly size: number }
  | { readonly kind: 'not-a-file' };

/**
 * Reads a whole file into memory, unless it is longer than that or no file at all (a folder, a pipe that
 * would never answer, a device that would never end).
 *
 * @param maxBytes a longer file is not read
 * @throws UndertoneError file-missing, file-forbidden
 */
export async function readBounded(path: string, maxBytes: number): Promise<BoundedRead> {
  try {
    // Without waiting: opening a pipe that nobody writes to would.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) return { kind: 'not-a-file' };
      if (stats.size > maxBytes) return { kind: 'too-long', size: stats.size };
      return { kind: 'whole', bytes: await file.readFile() };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toReadError(path, error);
  }
}
