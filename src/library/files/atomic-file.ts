import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withWriteErrors } from './file-errors.ts';

/**
 * Writes a file so that whoever looks finds the old one or the whole new one, whatever happens meanwhile:
 * into a temporary file beside it, to the disk, then into its place.
 *
 * @throws UndertoneError `disk-full` or `not-writable`; the old file is then as it was
 */
export async function writeFileAtomically(
  path: string,
  chunks: Iterable<string | Uint8Array>,
): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.undertone-${randomUUID()}.tmp`);
  await withWriteErrors(path, async () => {
    try {
      await writeThrough(temporary, chunks);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(folder);
  });
}

async function writeThrough(path: string, chunks: Iterable<string | Uint8Array>): Promise<void> {
  const file = await open(path, 'wx');
  try {
    // Goes on where the chunk before it ended.
    for (const chunk of chunks) await file.writeFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Without it, a power loss could undo the renaming. Windows has no such call and no need of one. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
