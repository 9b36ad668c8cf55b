import { mkdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { UndertoneError } from '#shared/contract/errors.ts';
import { withWriteErrors } from '#files/file-errors.ts';
import { writeFileWhole } from '#files/write-whole.ts';
import { formatIdOf, formatOf } from '#formats/annotation/registry.ts';
import { emotionCsvSidecar } from '#formats/emotion-csv-sidecar.ts';
import { emotionJson } from '#formats/emotion-json.ts';
import { csvHeading, csvLines } from '#formats/tables/csv-table.ts';
import type { EmotionTable } from '#formats/tables/emotion-tables.ts';
import type { TimelineSettings } from '#engine/timeline/settings.ts';
import type { RowUnit } from '#shared/domain/row-unit.ts';
import { appVersion } from '../version.ts';
import {
  exchangeFormats,
  tableFormats,
  writeExchange,
  type ExchangeFormat,
} from './exchange-files.ts';
import { writeResults, type Analysed } from './table-files.ts';
import type { OpenedModel } from './work/contract.ts';

export const outputFormats = [...tableFormats, ...exchangeFormats] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** Takes what was analysed, recording by recording, in their order. */
export interface Output {
  readonly add: (recording: Analysed) => Promise<void>;
  /** @param failed those that have no part in it */
  readonly finish: (failed: readonly FailedRecording[]) => Promise<void>;
}

/** A recording that could not be analysed, and the code of the reason. */
export interface FailedRecording {
  readonly name: string;
  readonly code: string;
}

/** What all that is written has in common. */
export interface Writing {
  readonly per: RowUnit;
  readonly table: EmotionTable;
  readonly model: OpenedModel;
  readonly settings: TimelineSettings;
}

/** The format that a file is to have by its ending; undefined for what is to be a folder. */
export function formatOfFile(target: string): OutputFormat | undefined {
  return formatIdOf(target) ?? undefined;
}

/** Prints each recording as soon as all before it are done. */
export function toScreen(format: 'csv' | 'json', { table }: Writing): Output {
  let headed = false;
  return {
    add: async ({ load }) => {
      const recording = await load();
      if (format === 'json') {
        process.stdout.write(`${emotionJson(recording)}\n`);
        return;
      }
      if (!headed) process.stdout.write(csvHeading(table.columns));
      headed = true;
      process.stdout.write(csvLines(table.columns, table.rowsOf(recording)));
    },
    finish: () => Promise.resolve(),
  };
}

/** One file for all recordings, written when all are done: whole or not at all. */
export function toFile(path: string, format: OutputFormat, writing: Writing): Output {
  const recordings: Analysed[] = [];
  return {
    add: (recording) => {
      recordings.push(recording);
      // Said now, not after hours of analysing all the others.
      if (recordings.length > 1 && formatOf(format).keeps.recordings === 'one') {
        const detail = 'its format has one recording a file';
        throw new UndertoneError('annotations-unwritable', { subject: path, detail });
      }
      return Promise.resolve();
    },
    finish: () => writeWithSidecar(path, format, recordings, writing),
  };
}

/** A file for each recording and format, there as soon as the recordings before it are done. */
export function toFolder(
  folder: string,
  formats: readonly OutputFormat[],
  writing: Writing,
): Output {
  return {
    add: async (recording) => {
      const { dir, base } = parse(recording.name);
      const inside = join(folder, dir);
      await withWriteErrors(inside, () => mkdir(inside, { recursive: true }));
      for (const format of formats) {
        const ending = formatOf(format).endings[0] ?? format;
        await writeWithSidecar(join(inside, `${base}.${ending}`), format, [recording], writing);
      }
    },
    finish: () => Promise.resolve(),
  };
}

/** A JSON file says itself where it comes from; beside files for other programs nothing else is looked for. */
async function writeWithSidecar(
  path: string,
  format: OutputFormat,
  recordings: readonly Analysed[],
  { per, table, model, settings }: Writing,
): Promise<void> {
  if (isExchange(format)) {
    await writeExchange(path, format, recordings);
    return;
  }
  const written = await writeResults(path, format, table, recordings);
  if (format === 'json') return;
  const { id, sha256, labels } = model;
  const { windowSeconds, hopSeconds, unsureBelow } = settings;
  const about = emotionCsvSidecar({
    appVersion,
    ...(per === 'segment' ? {} : { per }),
    rows: written.rows,
    recordings: written.recordings,
    models: [{ id, sha256, labels, windowSeconds, hopSeconds, unsureBelow }],
  });
  await writeFileWhole(`${path}.json`, [about]);
}

function isExchange(format: OutputFormat): format is ExchangeFormat {
  return exchangeFormats.some((known) => known === format);
}
