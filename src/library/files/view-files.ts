import { open, readFile, stat } from 'node:fs/promises';
import type { z } from 'zod';
import { UndertoneError } from '#shared/contract/errors.ts';
import {
  descriptorGrid,
  spectrogram,
  tileColumns,
  viewFiles,
  type DescriptorGrid,
  type DescriptorId,
  type Spectrogram,
} from '#shared/domain/views.ts';

const floatBytes = Float32Array.BYTES_PER_ELEMENT;

/** The description of a recording's spectrogram. Null where it is not in the cache whole. */
export async function findSpectrogram(base: string): Promise<Spectrogram | null> {
  const found = await readDescription(base + viewFiles.spectrogram, spectrogram);
  if (!found) return null;
  for (const [level, columns] of found.columns.entries()) {
    const path = base + viewFiles.spectrogramLevel(level);
    if (!(await hasSize(path, columns * found.rows))) return null;
  }
  return found;
}

export async function findDescriptors(base: string): Promise<DescriptorGrid | null> {
  const found = await readDescription(base + viewFiles.descriptors, descriptorGrid);
  if (!found) return null;
  const one = base + viewFiles.descriptor('f0');
  return (await hasSize(one, found.values * floatBytes)) ? found : null;
}

/**
 * Columns of one level, column after column.
 *
 * @throws UndertoneError `cache-damaged`
 */
export async function readTile(base: string, level: number, tile: number): Promise<Uint8Array> {
  const { rows, columns } = (await findSpectrogram(base)) ?? gone(base);
  const first = tile * tileColumns;
  const end = Math.min(first + tileColumns, columns[level] ?? 0);
  if (end <= first) return new Uint8Array();
  const path = base + viewFiles.spectrogramLevel(level);
  return readPart(path, first * rows, (end - first) * rows);
}

/** @throws UndertoneError `cache-damaged` */
export async function readDescriptor(base: string, id: DescriptorId): Promise<Float32Array> {
  const { values } = (await findDescriptors(base)) ?? gone(base);
  const bytes = await readPart(base + viewFiles.descriptor(id), 0, values * floatBytes);
  return new Float32Array(bytes.buffer);
}

/** One that is missing or broken is no failure: it is made again. */
async function readDescription<S extends z.ZodType>(
  path: string,
  schema: S,
): Promise<z.output<S> | null> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

async function hasSize(path: string, bytes: number): Promise<boolean> {
  try {
    return (await stat(path)).size === bytes;
  } catch {
    return false;
  }
}

/** @throws UndertoneError `cache-damaged` where the file is not there or ends before */
async function readPart(
  path: string,
  from: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  const file = await open(path, 'r').catch(() => gone(path));
  try {
    const { bytesRead } = await file.read(bytes, 0, length, from);
    if (bytesRead < length) gone(path);
    return bytes;
  } finally {
    await file.close();
  }
}

function gone(subject: string): never {
  throw new UndertoneError('cache-damaged', { subject });
}
