import { readFileSync } from 'node:fs';

/** Samples of a mono 16-bit PCM wav file, in -1 to 1. Only as much of the format as our fixtures use. */
export function readWav(path: string | URL): Float32Array {
  const file = readFileSync(path);
  const dataAt = file.indexOf('data') + 8;
  const samples = (file.length - dataAt) >> 1;
  return Float32Array.from(
    { length: samples },
    (_, index) => file.readInt16LE(dataAt + 2 * index) / 32_768,
  );
}
