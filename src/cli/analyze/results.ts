import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { systemCode, withWriteErrors } from '#files/file-errors.ts';
import { writeFileWhole } from '#files/write-whole.ts';
import { track } from '#shared/domain/track.ts';
import type { TimelineSettings } from '#engine/timeline/settings.ts';
import { appVersion } from '../version.ts';
import { hearing, type Hearing, type OpenedModel } from './work/contract.ts';

/**
 * What was heard so far, a file a recording, named after everything that the answer depends on: content, model,
 * settings, engine, version. So whatever is there is up to date, and a run that was killed at any moment goes
 * on from it.
 */
export interface Results {
  /** null where there is none, or not a whole one: then it is to be made. */
  readonly read: (sha256: string) => Promise<Hearing | null>;
  /** @throws UndertoneError disk-full, not-writable */
  readonly write: (sha256: string, heard: Hearing) => Promise<void>;
}

const floats = z
  .base64()
  .transform((text) => new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer));

const stored = hearing.extend({
  version: z.literal(1),
  track: track.extend({ probabilities: floats, speech: floats }),
});

export async function openResults(
  folder: string,
  { engine, sha256: model }: OpenedModel,
  settings: TimelineSettings,
): Promise<Results> {
  await withWriteErrors(folder, () => mkdir(folder, { recursive: true }));
  const circumstances = JSON.stringify([appVersion, engine, model, settings]);
  const key = createHash('sha256').update(circumstances).digest('hex').slice(0, 16);
  const pathOf = (sha256: string): string => join(folder, `${sha256}.${key}.json`);
  return {
    read: async (sha256) => {
      const { data } = stored.safeParse(parse(await readIfThere(pathOf(sha256))));
      return data ?? null;
    },
    write: async (sha256, heard) => {
      const { probabilities, speech } = heard.track;
      const texts = { probabilities: toBase64(probabilities), speech: toBase64(speech) };
      const content = { version: 1, ...heard, track: { ...heard.track, ...texts } };
      await writeFileWhole(pathOf(sha256), [JSON.stringify(content)]);
    },
  };
}

function toBase64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  }
}

/** A disk may give back half of what it was given; that is then none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
