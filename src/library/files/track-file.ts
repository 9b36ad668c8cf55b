import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Track } from '#shared/domain/track.ts';
import { writeFileWhole } from '#files/write-whole.ts';
import { systemCode } from '#files/file-errors.ts';

/** What a track was made from; where it differs, the file is of another analysis. */
export interface TrackOrigin {
  /** Of the recording's file. */
  readonly sha256: string;
  /** Id of the model. */
  readonly model: string;
  /** Of the speaker's profile that it was normalised by; empty where that was its own. */
  readonly profileId: string;
}

/*
 * Version 1, little-endian as every machine that Electron runs on:
 * "UTRK", uint32 version, uint32 CRC-32 of all that follows, uint32 length of the header in bytes,
 * the header (JSON, UTF-8), float32 probabilities [cells, labels], float32 speech [cells].
 */
const magic = 'UTRK';
const version = 1;
const prefixBytes = 16;
/** The checksum covers everything behind itself. */
const checkedFrom = 12;

const header = z.object({
  sha256: z.string(),
  model: z.string(),
  /** Files from before there were profiles have none. */
  profileId: z.string().default(''),
  labels: z.array(z.string()).readonly(),
  hopSeconds: z.number().positive(),
  windowSeconds: z.number().positive(),
  cells: z.number().int().nonnegative(),
});

export async function writeTrackFile(
  path: string,
  track: Track,
  origin: TrackOrigin,
): Promise<void> {
  const { labels, hopSeconds, windowSeconds, cells, probabilities, speech } = track;
  if (probabilities.length !== cells * labels.length || speech.length !== cells) {
    throw new Error(`A track of ${cells} cells has ${probabilities.length} probabilities.`);
  }
  const { sha256, model, profileId } = origin;
  const text = Buffer.from(
    JSON.stringify({ sha256, model, profileId, labels, hopSeconds, windowSeconds, cells }),
  );
  const bytes = Buffer.concat([
    Buffer.alloc(prefixBytes),
    text,
    asBytes(probabilities),
    asBytes(speech),
  ]);
  bytes.write(magic, 0, 'latin1');
  bytes.writeUInt32LE(version, 4);
  bytes.writeUInt32LE(text.length, 12);
  bytes.writeUInt32LE(crc32(bytes.subarray(checkedFrom)), 8);
  await writeFileWhole(path, [bytes]);
}

/** @returns null where there is none, or not a whole one of that origin: then it is to be made again */
export async function readTrackFile(path: string, origin: TrackOrigin): Promise<Track | null> {
  const bytes = await readIfThere(path);
  if (!bytes || !isWhole(bytes)) return null;
  const bodyStart = prefixBytes + bytes.readUInt32LE(12);
  const { sha256, model, profileId, ...about } = header.parse(
    JSON.parse(bytes.toString('utf8', prefixBytes, bodyStart)),
  );
  const isOther = sha256 !== origin.sha256 || model !== origin.model;
  if (isOther || profileId !== origin.profileId) return null;
  const values = asFloats(bytes.subarray(bodyStart));
  const split = about.cells * about.labels.length;
  return { ...about, probabilities: values.slice(0, split), speech: values.slice(split) };
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** The checksum covers the rest, so what passes here was written by {@link writeTrackFile}. */
function isWhole(bytes: Buffer): boolean {
  return (
    bytes.length >= prefixBytes &&
    bytes.toString('latin1', 0, magic.length) === magic &&
    bytes.readUInt32LE(4) === version &&
    bytes.readUInt32LE(8) === crc32(bytes.subarray(checkedFrom))
  );
}

function asBytes(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** A copy: the bytes begin anywhere, floats only at multiples of four. */
function asFloats(bytes: Uint8Array): Float32Array {
  const copy = new Uint8Array(bytes);
  return new Float32Array(copy.buffer);
}
