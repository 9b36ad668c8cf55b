import { open, type FileHandle } from 'node:fs/promises';
import type { SoundShape } from '#shared/contract/live.ts';
import { withWriteErrors } from '#files/file-errors.ts';
import { bytesPerFrame, headerBytes, readShape, wavHeader } from './wav-header.ts';

/** A wav file that grows. Whatever interrupts it, what was appended can be read. */
export interface WavFile {
  readonly frames: () => number;
  /** Puts interleaved samples at the end: whole, or not at all. */
  readonly append: (samples: Int16Array) => Promise<void>;
  /** Returns when all that was appended is on the disk, and the header says so. */
  readonly sync: () => Promise<void>;
  /** Syncs and closes it. */
  readonly close: () => Promise<void>;
}

/** @throws UndertoneError `disk-full` or `not-writable`, as all that is done with it */
export async function createWavFile(path: string, shape: SoundShape): Promise<WavFile> {
  const width = bytesPerFrame(shape);
  const file = await withWriteErrors(path, () => open(path, 'wx'));
  await withWriteErrors(path, () => writeAll(file, wavHeader(shape, 0), 0));
  let frames = 0;

  async function sync(): Promise<void> {
    await withWriteErrors(path, async () => {
      await writeAll(file, wavHeader(shape, frames), 0);
      await file.datasync();
    });
  }

  return {
    frames: () => frames,
    append: (samples) =>
      withWriteErrors(path, async () => {
        const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
        await writeAll(file, bytes, headerBytes + frames * width);
        frames += bytes.length / width;
      }),
    sync,
    close: async () => {
      try {
        // A full disk may have taken part of what was appended last.
        await withWriteErrors(path, () => file.truncate(headerBytes + frames * width));
        await sync();
      } finally {
        await file.close();
      }
    },
  };
}

/**
 * Makes a file whole that its writer did not close: all frames that are there count.
 *
 * @returns how many those are
 * @throws UndertoneError `not-writable`
 */
export async function repairWavFile(path: string): Promise<number> {
  const file = await withWriteErrors(path, () => open(path, 'r+'));
  try {
    const { size } = await file.stat();
    const header = Buffer.alloc(headerBytes);
    const { bytesRead } = await file.read(header, 0, headerBytes, 0);
    const shape = readShape(header.subarray(0, bytesRead));
    if (!shape) return 0;
    const frames = Math.floor((size - headerBytes) / bytesPerFrame(shape));
    await withWriteErrors(path, async () => {
      await file.truncate(headerBytes + frames * bytesPerFrame(shape));
      await writeAll(file, wavHeader(shape, frames), 0);
      await file.sync();
    });
    return frames;
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
