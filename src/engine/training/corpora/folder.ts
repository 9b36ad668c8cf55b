import { access, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import Papa from 'papaparse';
import { z } from 'zod';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Clip, Corpus } from './clip.ts';

const labelRow = z
  .object({ file: z.string().min(1), emotion: z.string().min(1), speaker: z.string().min(1) })
  .catchall(z.string());

/**
 * A person's own corpus: recordings beside a `labels.csv` with the columns file, emotion and speaker.
 * Others are traits of its clips. Paths in it are relative to the folder.
 * @throws corpus-invalid naming the row that is wrong or the recording that is missing
 */
export async function openFolder(folder: string): Promise<Corpus> {
  const name = basename(folder);
  const rows = readRows(folder, await readLabels(folder));
  if (rows.length === 0) refuse(folder, 'labels.csv has no rows');
  const clips = rows.map(({ file, emotion, speaker, ...traits }): Clip => ({
    path: join(folder, file),
    label: emotion,
    speaker: `${name}/${speaker}`,
    sex: 'unknown',
    traits,
    group: `${name}/${file}`,
    corpus: name,
  }));
  for (const { path } of clips) {
    await access(path).catch((cause: unknown) =>
      refuse(folder, `labels.csv names ${path}, which cannot be read`, cause),
    );
  }
  return { kind: 'folder', folder, clips };
}

async function readLabels(folder: string): Promise<string> {
  return readFile(join(folder, 'labels.csv'), 'utf8').catch((cause: unknown) =>
    refuse(folder, 'there is no labels.csv in it that can be read', cause),
  );
}

function readRows(folder: string, text: string): readonly z.infer<typeof labelRow>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/u, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (header) => header.trim(),
  });
  const wrong = errors.find(({ type }) => type !== 'Delimiter');
  if (wrong !== undefined) {
    refuse(folder, `labels.csv, row ${(wrong.row ?? 0) + 1}: ${wrong.message}`);
  }
  return data.map((row, index) => {
    const { success, data: parsed, error } = labelRow.safeParse(row);
    if (success) return parsed;
    const column = error.issues[0]?.path.join('.') ?? '';
    return refuse(folder, `labels.csv, row ${index + 1}: nothing under "${column}"`);
  });
}

function refuse(folder: string, detail: string, cause?: unknown): never {
  throw new UndertoneError('corpus-invalid', { subject: folder, detail, cause });
}
