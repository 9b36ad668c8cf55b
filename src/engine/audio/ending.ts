import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Container } from './containers.ts';

/** What a file's own structure says about where it should end. */
export interface Ending {
  /** Bytes of sample data that a wav promises; null where it does not say, and for other containers. */
  readonly promisedBytes: number | null;
  /** The file ends inside a unit whose length it states: it was cut off. */
  readonly cutOff: boolean;
}

/** Some writers count bytes of the header in as well; that is no missing sound. */
const headerSlip = 128;

const unknownEnding: Ending = { promisedBytes: null, cutOff: false };

/**
 * Reads the few header bytes that tell whether a file is whole, where FFmpeg does not: it takes the length of a
 * cut wav from the file's size, and that of a cut ogg from the last page still there.
 */
export async function readEnding(
  path: string,
  container: Container,
  bytes: number,
): Promise<Ending> {
  if (container !== 'wav' && container !== 'ogg') return unknownEnding;
  const file = await open(path, 'r');
  try {
    return container === 'wav' ? await wavEnding(file, bytes) : await oggEnding(file, bytes);
  } finally {
    await file.close();
  }
}

/** Walks the RIFF chunks up to `data`. Sizes of 0 and 2^32 - 1 are what recorders write that never came back. */
async function wavEnding(file: FileHandle, bytes: number): Promise<Ending> {
  const chunk = Buffer.alloc(24);
  let dataSizeOf64: number | null = null;
  for (let at = 12; at + 8 <= bytes;) {
    await file.read(chunk, 0, chunk.length, at);
    const id = chunk.toString('latin1', 0, 4);
    const size = chunk.readUInt32LE(4);
    if (id === 'ds64') dataSizeOf64 = Number(chunk.readBigUInt64LE(16));
    if (id === 'data') {
      const promised = size === 0xffffffff ? dataSizeOf64 : size;
      if (promised === null || promised === 0) return unknownEnding;
      return { promisedBytes: promised, cutOff: at + 8 + promised > bytes + headerSlip };
    }
    at += 8 + size + (size % 2);
  }
  return unknownEnding;
}

/** Ogg pages state their length (RFC 3533, section 6); a whole file ends where its last page does. */
async function oggEnding(file: FileHandle, bytes: number): Promise<Ending> {
  const largestPage = 27 + 255 + 255 * 255;
  const tail = Buffer.alloc(Math.min(bytes, largestPage));
  await file.read(tail, 0, tail.length, bytes - tail.length);
  const page = tail.lastIndexOf('OggS');
  if (page < 0) return unknownEnding;
  const segments = tail[page + 26] ?? 0;
  const table = tail.subarray(page + 27, page + 27 + segments);
  const length = 27 + segments + table.reduce((sum, value) => sum + value, 0);
  return { ...unknownEnding, cutOff: page + length > tail.length };
}
