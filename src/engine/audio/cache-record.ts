import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sound } from '#shared/domain/recording.ts';
import { writeFileWhole } from '#files/write-whole.ts';

/** Where what belongs to one content lies in the cache folder. */
export interface CacheNames {
  readonly record: string;
  readonly proxy: string;
  readonly peaks: string;
}

export function namesInCache(folder: string, sha256: string): CacheNames {
  const base = join(folder, sha256);
  return { record: `${base}.audio.json`, proxy: `${base}.flac`, peaks: `${base}.peaks` };
}

/** What was found out about a recording; written last, so that where it is, the rest is whole. */
const cacheRecord = z.object({
  version: z.literal(2),
  /** Whether the recording's own file is the canonical sound, or the proxy is. */
  canonical: z.enum(['original', 'proxy']),
  /** Sizes in bytes, to notice files that were cut or exchanged; 0 where there is no proxy. */
  proxyBytes: z.number().int().nonnegative(),
  peaksBytes: z.number().int().positive(),
  sound,
});
export type CacheRecord = Readonly<z.infer<typeof cacheRecord>>;

/** The record of a content whose files are all there and whole; null where anything has to be made again. */
export async function readCacheRecord(names: CacheNames): Promise<CacheRecord | null> {
  const parsed = cacheRecord.safeParse(await readJson(names.record));
  if (!parsed.success) return null;
  const { proxyBytes, peaksBytes } = parsed.data;
  const whole = (await sizeOf(names.proxy)) === proxyBytes || parsed.data.canonical === 'original';
  return whole && (await sizeOf(names.peaks)) === peaksBytes ? parsed.data : null;
}

/** @throws UndertoneError disk-full, not-writable */
export async function writeCacheRecord(
  names: CacheNames,
  found: Pick<CacheRecord, 'canonical' | 'sound'>,
): Promise<CacheRecord> {
  const record: CacheRecord = {
    version: 2,
    ...found,
    proxyBytes: found.canonical === 'proxy' ? await sizeOf(names.proxy) : 0,
    peaksBytes: await sizeOf(names.peaks),
  };
  await writeFileWhole(names.record, [JSON.stringify(record)]);
  return record;
}

/** A record that is missing or broken is no failure: it is made again. */
async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}

async function sizeOf(path: string): Promise<number> {
  const stats = await stat(path).catch(() => null);
  return stats?.size ?? 0;
}
