import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { withWriteErrors } from '#files/file-errors.ts';

/**
 * Feature rows of a recording, kept on disk while the rest of it is read: normalisation needs the whole
 * recording, and memory must not grow with its length (an hour of 64 values every 20 ms is 46 MB).
 */
export interface FrameSpool {
  /** @param rows row-major `[n, width]` */
  readonly append: (rows: Float32Array) => Promise<void>;
  /** Rows `[from, to)`, row-major; fewer where the recording ends before. */
  readonly read: (from: number, to: number) => Promise<Float32Array>;
  readonly rows: () => number;
  readonly dispose: () => Promise<void>;
}

/** Written together: a write a frame costs more than all the arithmetic. */
const waitingBytes = 1 << 20;

/**
 * @param scratchFolder holds the rows in a folder of their own, which goes with `dispose`
 * @throws disk-full, disk-error, not-writable, as do `append` and `read`
 */
export async function openFrameSpool(scratchFolder: string, width: number): Promise<FrameSpool> {
  const folder = await withWriteErrors(scratchFolder, () =>
    mkdtemp(join(scratchFolder, 'frames-')),
  );
  const file = await withWriteErrors(folder, () => open(join(folder, 'rows'), 'wx+'));
  const bytesPerRow = width * Float32Array.BYTES_PER_ELEMENT;
  const waiting = new Uint8Array(waitingBytes);
  let held = 0;
  let written = 0;

  async function flush(): Promise<void> {
    await withWriteErrors(folder, () => writeAll(file, waiting.subarray(0, held), written - held));
    held = 0;
  }

  return {
    append: async (rows) => {
      const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
      for (let at = 0; at < bytes.length;) {
        const part = bytes.subarray(at, at + waiting.length - held);
        waiting.set(part, held);
        at += part.length;
        held += part.length;
        written += part.length;
        if (held === waiting.length) await flush();
      }
    },
    read: async (from, to) => {
      await flush();
      const rows = new Float32Array((Math.min(to, written / bytesPerRow) - from) * width);
      await readAll(file, new Uint8Array(rows.buffer), from * bytesPerRow);
      return rows;
    },
    rows: () => written / bytesPerRow,
    dispose: async () => {
      await file.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

async function readAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0) throw new Error('the frame spool ends too early');
    done += bytesRead;
  }
}
