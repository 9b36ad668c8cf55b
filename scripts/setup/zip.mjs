import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { SetupError } from './report.mjs';

// Field offsets: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
const endSignature = 0x06054b50;
const endSize = 22;
const centralSignature = 0x02014b50;
const centralSize = 46;
const localSize = 30;
const longestComment = 0xffff;

/**
 * @typedef {object} Entry
 * @property {string} name path inside the archive; a folder ends with a slash
 * @property {number} mode Unix mode bits, 0 when the archive has none
 * @property {0 | 8} method stored or deflated
 * @property {number} compressedSize
 * @property {number} size
 * @property {number} localOffset
 */

/**
 * Unpacks chosen entries as a stream, so that a library of 800 MB needs no memory. Only what the two archives
 * of set-up use is read: stored and deflated entries with Unix modes; no links, no zip64, no encryption.
 * The caller has checked the archive's hash.
 *
 * @param {string} archive
 * @param {(name: string) => string | undefined} place the path to write an entry to, or undefined to leave it out
 */
export async function unzip(archive, place) {
  const file = await open(archive);
  try {
    for (const entry of await readDirectory(file, archive)) {
      const target = place(entry.name);
      if (target === undefined) continue;
      if (entry.name.endsWith('/')) await mkdir(target, { recursive: true });
      else await unpack(file, archive, entry, target);
    }
  } finally {
    await file.close();
  }
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {string} archive
 * @returns {Promise<readonly Entry[]>}
 */
async function readDirectory(file, archive) {
  const { size } = await file.stat();
  const tail = await readAt(file, Math.max(0, size - endSize - longestComment), size);
  let end = tail.length - endSize;
  while (end >= 0 && tail.readUInt32LE(end) !== endSignature) end -= 1;
  if (end < 0) throw new SetupError(`${archive} is not a zip archive. Delete it and try again.`);
  const count = tail.readUInt16LE(end + 10);
  const start = tail.readUInt32LE(end + 16);
  const directory = await readAt(file, start, start + tail.readUInt32LE(end + 12));
  /** @type {Entry[]} */
  const entries = [];
  for (let at = 0; entries.length < count;) {
    if (directory.readUInt32LE(at) !== centralSignature) {
      throw new SetupError(`${archive} has a damaged directory. Delete it and try again.`);
    }
    const nameLength = directory.readUInt16LE(at + 28);
    const method = directory.readUInt16LE(at + 10);
    if (method !== 0 && method !== 8) {
      throw new SetupError(`${archive} uses compression method ${method}, which is not supported.`);
    }
    entries.push({
      name: directory.toString('utf8', at + centralSize, at + centralSize + nameLength),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      method,
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      localOffset: directory.readUInt32LE(at + 42),
    });
    at +=
      centralSize + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {string} archive its path: a stream of its own for each entry
 * @param {Entry} entry
 * @param {string} target
 */
async function unpack(file, archive, entry, target) {
  await mkdir(path.dirname(target), { recursive: true });
  const header = await readAt(file, entry.localOffset, entry.localOffset + localSize);
  const start = entry.localOffset + localSize + header.readUInt16LE(26) + header.readUInt16LE(28);
  const output = createWriteStream(target, { mode: entry.mode & 0o777 || 0o644 });
  if (entry.compressedSize === 0) {
    output.end();
    await finished(output);
  } else {
    const end = start + entry.compressedSize - 1;
    const source = createReadStream(archive, { start, end });
    await pipeline(source, entry.method === 8 ? createInflateRaw() : new PassThrough(), output);
  }
  if (output.bytesWritten !== entry.size) {
    throw new SetupError(`${entry.name} is incomplete in its archive. Try again.`);
  }
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} start
 * @param {number} end
 * @returns {Promise<Buffer>}
 */
async function readAt(file, start, end) {
  const buffer = Buffer.alloc(end - start);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
  return buffer.subarray(0, bytesRead);
}
