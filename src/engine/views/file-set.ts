import { randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { withWriteErrors } from '#files/file-errors.ts';
import { syncFile } from '#files/write-whole.ts';

/** Files that grow together and appear together. */
export interface FileSet {
  readonly append: (file: number, bytes: Uint8Array) => Promise<void>;
}

/** Written at once: small writes cost more than what they write. */
const bufferBytes = 1 << 16;

/**
 * Fills files of which none takes its name before all are whole; what an interruption leaves behind ends in `.part`.
 *
 * @returns what `fill` gives
 * @throws UndertoneError `disk-full` or `not-writable`; no file is there then that was not there before
 */
export async function writeFileSet<T>(
  paths: readonly string[],
  fill: (files: FileSet) => Promise<T>,
): Promise<T> {
  const mark = randomUUID();
  const parts = paths.map((path) => `${path}.${mark}.part`);
  return withWriteErrors(paths[0] ?? '', async () => {
    try {
      const outcome = await filled(parts, fill);
      for (const part of parts) await syncFile(part);
      for (const [at, part] of parts.entries()) await rename(part, paths[at] ?? part);
      return outcome;
    } catch (error) {
      for (const part of parts) await rm(part, { force: true });
      throw error;
    }
  });
}

async function filled<T>(
  paths: readonly string[],
  fill: (files: FileSet) => Promise<T>,
): Promise<T> {
  const files: Buffered[] = [];
  try {
    for (const path of paths) files.push(buffered(await open(path, 'wx')));
    const outcome = await fill({
      append: async (file, bytes) => files[file]?.append(bytes),
    });
    for (const { flush } of files) await flush();
    return outcome;
  } finally {
    for (const { close } of files) await close();
  }
}

interface Buffered {
  readonly append: (bytes: Uint8Array) => Promise<void>;
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
}

function buffered(file: FileHandle): Buffered {
  const waiting = new Uint8Array(bufferBytes);
  let held = 0;
  const flush = async (): Promise<void> => {
    // Goes on where the write before it ended.
    await file.writeFile(waiting.subarray(0, held));
    held = 0;
  };
  return {
    append: async (bytes) => {
      for (let at = 0; at < bytes.length;) {
        const part = bytes.subarray(at, at + waiting.length - held);
        waiting.set(part, held);
        at += part.length;
        held += part.length;
        if (held === waiting.length) await flush();
      }
    },
    flush,
    close: () => file.close(),
  };
}
