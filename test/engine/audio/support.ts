import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { join32 } from '#shared/domain/float32.ts';
import { openAudio } from '#engine/audio/decode.ts';
import type { AudioFormat, DecodeReport, ReadOptions } from '#engine/audio/decode.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** The clip that all files in `fixtures/audio` were made from: 16 kHz, mono, 25,002 samples. */
export const clip = join(fixtures, 'emodb/15a01La.wav');
export const clipSamples = 25_002;

export function fixture(name: string): string {
  return join(fixtures, 'audio', name);
}

/** A folder for the tests of one file, removed when they are done. */
export function temporaryFolder(): {
  readonly path: (name: string) => string;
  readonly write: (name: string, bytes: Uint8Array | string) => Promise<string>;
} {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'undertone-audio-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    async write(name, bytes) {
      await writeFile(path(name), bytes);
      return path(name);
    },
  };
}

export interface Decoded {
  readonly format: AudioFormat;
  readonly planes: readonly Float32Array[];
  readonly report: DecodeReport;
}

/** Reads a file to its end. */
export async function decode(path: string, options: ReadOptions = {}): Promise<Decoded> {
  const source = await openAudio(path);
  const reading = source.read(options);
  const chunks: (readonly Float32Array[])[] = [];
  for await (const chunk of reading) chunks.push(chunk);
  const channels = chunks[0]?.length ?? 0;
  const planes = Array.from({ length: channels }, (_, channel) =>
    join32(chunks.map((chunk) => chunk[channel] ?? new Float32Array(0))),
  );
  return { format: source.format, planes, report: reading.report() };
}

export async function decodeMono(path: string): Promise<Float32Array> {
  const { planes } = await decode(path, { sampleRate: 16_000, mono: true });
  return planes[0] ?? new Float32Array(0);
}

/**
 * By how many samples `heard` is late against `reference` around `centre`, by the highest normalised correlation of
 * a stretch of `width` samples, and how high that is.
 */
export function lateness(
  heard: Float32Array,
  reference: Float32Array,
  {
    centre,
    width,
    reach,
  }: { readonly centre: number; readonly width: number; readonly reach: number },
): { readonly late: number; readonly likeness: number } {
  const from = centre - width / 2;
  const wanted = reference.subarray(from, from + width);
  let best = { late: 0, likeness: -1 };
  for (let late = -reach; late <= reach; late += 1) {
    let [product, heardPower, wantedPower] = [0, 0, 0];
    for (let index = 0; index < width; index += 1) {
      const a = heard[from + late + index] ?? 0;
      const b = wanted[index] ?? 0;
      product += a * b;
      heardPower += a * a;
      wantedPower += b * b;
    }
    const likeness = product / Math.sqrt(heardPower * wantedPower || 1);
    if (likeness > best.likeness) best = { late, likeness };
  }
  return best;
}
