import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { rowsOf, type Matrix } from '#engine/features/matrix.ts';
import type { SpeechMask } from '#engine/features/level.ts';

/** The speech of a clip as raw features: from its first stretch of speech to its last. */
export interface ClipFeatures {
  /** Of the samples of the whole clip. */
  readonly soundHash: string;
  readonly raw: Matrix;
  readonly speech: SpeechMask;
}

export interface FeatureCache {
  /** What was stored under a key, or else what `make` gives, stored. */
  readonly keep: (
    key: readonly string[],
    make: () => Promise<ClipFeatures>,
  ) => Promise<ClipFeatures>;
}

const header = z.object({
  soundHash: z.string(),
  rows: z.number().int().nonnegative(),
  columns: z.number().int().positive(),
});

/**
 * Features on disk, one file a clip and variant. The key must say everything that they depend on; files
 * that are cut off or of another kind are made anew.
 */
export async function openFeatureCache(folder: string): Promise<FeatureCache> {
  await mkdir(folder, { recursive: true });
  return {
    keep: async (key, make) => {
      const name = createHash('sha256').update(key.join('\n')).digest('hex');
      const path = join(folder, `${name}.features`);
      const stored = await readFile(path).then(decode, () => undefined);
      if (stored !== undefined) return stored;
      const made = await make();
      // Written beside and renamed, so that a stopped process leaves no half file behind.
      const draft = `${path}.${randomUUID()}`;
      await writeFile(draft, encode(made));
      await rename(draft, path);
      return made;
    },
  };
}

/** A line of JSON padded to whole words, then the values, then the mask. */
function encode({ soundHash, raw, speech }: ClipFeatures): Buffer {
  const line = JSON.stringify({ soundHash, rows: raw.rows, columns: raw.columns });
  const padded = `${line.padEnd(Math.ceil((line.length + 1) / 4) * 4 - 1)}\n`;
  const { buffer, byteOffset, byteLength } = raw.data;
  return Buffer.concat([Buffer.from(padded), Buffer.from(buffer, byteOffset, byteLength), speech]);
}

function decode(bytes: Buffer): ClipFeatures | undefined {
  const end = bytes.indexOf('\n') + 1;
  const { data } = header.safeParse(parseJson(bytes.toString('utf8', 0, end)));
  if (data === undefined) return undefined;
  const { soundHash, rows, columns } = data;
  const values = rows * columns * Float32Array.BYTES_PER_ELEMENT;
  if (bytes.length !== end + values + rows) return undefined;
  // Copied: small files come in views of a pool shared with others.
  const own = new Uint8Array(bytes.subarray(end));
  const raw = rowsOf(new Float32Array(own.buffer, 0, rows * columns), columns);
  return { soundHash, raw, speech: own.subarray(values) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
