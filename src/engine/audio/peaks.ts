import { readFile } from 'node:fs/promises';
import { UndertoneError } from '#shared/contract/errors.ts';
import { writeFileWhole } from '#files/write-whole.ts';
import type { Peaks } from '#shared/domain/peaks.ts';
import { blocksOfLevels, peaksForScreen } from './peak-pyramid.ts';
import type { PeakPyramid } from './peak-pyramid.ts';

/**
 * A peaks file, little-endian (as every machine is that we have a decoder for), version 1:
 *
 * | byte | what |
 * | --- | --- |
 * | 0 | `UTPK` |
 * | 4 | uint32: version |
 * | 8 | uint32: sample rate, Hz |
 * | 12 | uint32: samples in a block of the finest level |
 * | 16 | float64: samples in the recording |
 * | 24 | int16 pairs (minimum, maximum) of all levels, finest first; their numbers follow from the above |
 */
const magic = 'UTPK';
const version = 1;
const headerBytes = 24;

/** @throws UndertoneError disk-full, not-writable */
export async function writePeaks(path: string, pyramid: PeakPyramid): Promise<void> {
  const header = Buffer.alloc(headerBytes);
  header.write(magic, 'latin1');
  header.writeUInt32LE(version, 4);
  header.writeUInt32LE(pyramid.sampleRate, 8);
  header.writeUInt32LE(pyramid.samplesPerBlock, 12);
  header.writeDoubleLE(pyramid.samples, 16);
  const levels = pyramid.levels.map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  await writeFileWhole(path, [header, ...levels]);
}

/**
 * The outline to draw: the finest level that a screen can use.
 *
 * @throws UndertoneError cache-damaged
 */
export async function readPeaks(path: string): Promise<Peaks> {
  return peaksForScreen(await readPyramid(path));
}

/** @throws UndertoneError cache-damaged where the file is missing or not what `writePeaks` wrote */
export async function readPyramid(path: string): Promise<PeakPyramid> {
  const file = await readFile(path).catch((error: unknown) => {
    throw new UndertoneError('cache-damaged', { subject: path, cause: error });
  });
  if (file.length < headerBytes || file.toString('latin1', 0, 4) !== magic) throw damaged(path);
  if (file.readUInt32LE(4) !== version) throw damaged(path);
  const sampleRate = file.readUInt32LE(8);
  const samplesPerBlock = file.readUInt32LE(12);
  const samples = file.readDoubleLE(16);
  if (!Number.isSafeInteger(samples) || samples < 0 || samplesPerBlock === 0) throw damaged(path);
  const blocks = blocksOfLevels(samples, samplesPerBlock);
  const total = blocks.reduce((sum, count) => sum + count, 0);
  if (file.length !== headerBytes + 4 * total) throw damaged(path);
  // Copied, so that the numbers lie on an even address and no longer than the file's bytes are kept.
  const pairs = new Int16Array(new Uint8Array(file.subarray(headerBytes)).buffer);
  let at = 0;
  const levels = blocks.map((count) => pairs.subarray(at, (at += 2 * count)));
  return { sampleRate, samples, samplesPerBlock, levels };
}

function damaged(subject: string): UndertoneError {
  return new UndertoneError('cache-damaged', { subject });
}
