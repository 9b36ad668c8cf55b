import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { systemCode } from '#files/file-errors.ts';
import { rawLayout } from '#engine/features/layout.ts';
import { hashFeatureSettings, type FeatureSettings } from '#engine/features/settings.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import { quantise, restore } from './quantise.ts';

/** A clip that a model knows, as features: nobody's voice can be played from it. */
export interface RehearsalClip {
  readonly label: string;
  readonly speaker: string;
  /** Rehearsed while retraining, or only asked before and after: by a speaker whom training never heard. */
  readonly part: 'rehearse' | 'check';
  readonly raw: ReturnType<typeof restore>;
  readonly speech: Uint8Array;
}

const fileName = 'rehearsal.bin';
const largest = 50_000_000;

const header = z.strictObject({
  format: z.literal(1),
  /** Of the settings that the features were made with. */
  featureHash: z.string(),
  lowest: z.array(z.number()).max(1024).readonly(),
  step: z.array(z.number().nonnegative()).max(1024).readonly(),
  clips: z
    .array(
      z.strictObject({
        label: z.string(),
        speaker: z.string(),
        part: z.enum(['rehearse', 'check']),
        rows: z.number().int().nonnegative().max(1_000_000),
      }),
    )
    .max(10_000),
});

/** `rehearsal.bin` and its bytes: a line of JSON, then for each clip its speech mask and its features. */
export function encodeRehearsal(
  clips: readonly RehearsalClip[],
  settings: FeatureSettings,
): Readonly<Record<string, Uint8Array>> {
  const { columns } = rawLayout(settings);
  const data = new Float32Array(clips.reduce((size, { raw }) => size + raw.data.length, 0));
  let at = 0;
  for (const { raw } of clips) {
    data.set(raw.data, at);
    at += raw.data.length;
  }
  const all = { rows: data.length / columns, columns, data };
  const { lowest, step, bytes } = quantise(all, positiveColumns(settings));
  const line = JSON.stringify({
    format: 1,
    featureHash: hashFeatureSettings(settings),
    lowest,
    step,
    clips: clips.map(({ label, speaker, part, raw }) => ({ label, speaker, part, rows: raw.rows })),
  } satisfies z.input<typeof header>);
  const parts = [Buffer.from(`${line}\n`), ...clips.map(({ speech }) => speech), bytes];
  return { [fileName]: Buffer.concat(parts) };
}

/**
 * The rehearsal clips of a model folder; none where the folder has no such file.
 * @throws UndertoneError model-invalid
 */
export async function readRehearsal(
  folder: string,
  settings: FeatureSettings,
): Promise<readonly RehearsalClip[]> {
  const bytes = await readBytes(folder);
  if (bytes === undefined) return [];
  const end = bytes.indexOf('\n') + 1;
  const parsed = header.safeParse(parse(bytes.toString('utf8', 0, end)));
  if (!parsed.success) throw invalid(folder, `${fileName} is not as expected`);
  const { featureHash, lowest, step, clips } = parsed.data;
  const columns = rawLayout(settings).columns;
  if (featureHash !== hashFeatureSettings(settings) || lowest.length !== columns) {
    throw invalid(folder, `${fileName} was made with other features`);
  }
  const rows = clips.reduce((sum, clip) => sum + clip.rows, 0);
  if (step.length !== columns || bytes.length !== end + rows * (1 + columns)) {
    throw invalid(folder, `${fileName} is not as long as it says`);
  }
  const own = new Uint8Array(bytes.subarray(end));
  const values = own.subarray(rows);
  let row = 0;
  return clips.map(({ rows: count, ...clip }) => {
    const from = row;
    row += count;
    const part = { lowest, step, bytes: values.subarray(from * columns, row * columns) };
    const raw = restore(part, positiveColumns(settings));
    return { ...clip, raw, speech: own.subarray(from, row) };
  });
}

/** Level and bands come first and are never negative; what descriptors are differs. */
function positiveColumns(settings: FeatureSettings): number {
  return rawLayout(settings).descriptorsAt;
}

async function readBytes(folder: string): Promise<Buffer | undefined> {
  const path = join(folder, fileName);
  const found = await lstat(path).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return undefined;
  if (!found.isFile() || found.size > largest) {
    throw invalid(folder, `${fileName} is no plain file of a sensible size`);
  }
  return readFile(path);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(subject: string, detail: string): UndertoneError {
  return new UndertoneError('model-invalid', { subject, detail });
}
