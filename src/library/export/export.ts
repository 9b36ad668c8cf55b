import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Exported, ExportFormat, ExportRequest } from '#shared/contract/export.ts';
import { dayOf, nothingWithheld, withhold } from '#shared/domain/terms.ts';
import type { Tier } from '#shared/domain/tier.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import { writeFolderWhole } from '#files/write-whole.ts';
import {
  annotationFormatIds,
  formatOf,
  type AnnotationFormatId,
} from '#formats/annotation/registry.ts';
import { refusal } from '../annotation/refusal.ts';
import type { StoredRecording } from '../database/recordings.ts';
import type { DerivedFiles } from '../derived-files.ts';
import type { Project } from '../project.ts';
import { openAnnotations } from './export-annotations.ts';
import { openTables } from './export-tables.ts';
import { openPseudonyms, realNames } from './pseudonyms.ts';
import { findSources, inTurn, type Source } from './sources.ts';
import type { ExportWriter, WriteExport, Written } from './writer.ts';

export interface ExportOptions {
  readonly project: Project;
  readonly files: DerivedFiles;
  readonly appVersion: string;
}

const tables: readonly AnnotationFormatId[] = ['csv', 'parquet'];

/** Every format that there is, in the order in which they are offered. */
export function exportFormats(): readonly ExportFormat[] {
  return annotationFormatIds.map((id) => {
    const { title, endings, keeps } = formatOf(id);
    const many = keeps.recordings === 'many';
    return { id, title, ending: endings[0] ?? id, many, table: tables.includes(id) };
  });
}

/**
 * Writes what is said of recordings into one file, or into a folder with a file each, whole or not at all. Recordings
 * of which there is nothing to say yet are left out and counted, as are those without consent or kept longer than agreed
 * unless they are asked for, too.
 *
 * @param to a file, or a folder that is not there yet
 * @throws UndertoneError `not-writable`, `disk-full`, `cancelled`, `edit-refused` where none may go out, or `annotations-unwritable` where several
 *   recordings are to go into one file of a format that has one a file
 */
export async function exportRecordings(
  options: ExportOptions,
  recordings: readonly StoredRecording[],
  to: string,
  request: Omit<ExportRequest, 'ids' | 'to'>,
  context: CallContext,
): Promise<Exported> {
  const { project } = options;
  const path = resolve(to);
  if (project.recordings.findByPath(path)) {
    throw new UndertoneError('not-writable', { subject: path, detail: 'it is a recording' });
  }
  const { used, withheld } = request.withheldToo
    ? { used: recordings, withheld: nothingWithheld }
    : withhold(recordings, dayOf(new Date()));
  if (used.length === 0 && recordings.length > 0) throw refusal('all-withheld');
  const sources = findSources(used);
  const format = toFormat(request.format);
  const writer = await openWriter(options, format, request, sources, context);
  const written =
    request.files === 'one'
      ? await writer.write(path, sources, context)
      : await writeEach(path, format, writer.write, sources, context);
  const leftOut = used.length - written.recordings;
  return { path, ...written, leftOut, withheld, losses: writer.losses() };
}

function toFormat(id: string): AnnotationFormatId {
  const format = annotationFormatIds.find((known) => known === id);
  if (!format) throw new UndertoneError('invalid-call', { detail: `no format ${id}` });
  return format;
}

async function openWriter(
  options: ExportOptions,
  format: AnnotationFormatId,
  { per, tier, speakerNames }: Omit<ExportRequest, 'ids' | 'to'>,
  sources: readonly Source[],
  context: CallContext,
): Promise<ExportWriter> {
  const tiers = chooseTiers(options.project, tier);
  if (format === 'csv' || format === 'parquet') {
    // Who speaks when is no emotion.
    const emotions = tiers.filter(({ kind }) => kind !== 'speakers');
    return openTables({ ...options, format, per, tiers: emotions, context }, sources);
  }
  const speakers = tiers.filter(({ kind }) => kind === 'speakers');
  const names = speakerNames ? realNames : openPseudonyms(options.project, speakers);
  return openAnnotations({ ...options, format, tiers, names });
}

function chooseTiers({ tiers }: Project, id: string | null): readonly Tier[] {
  const all = tiers.list();
  if (id === null) return all;
  const tier = all.find((candidate) => candidate.id === id);
  if (!tier) throw new UndertoneError('not-found', { subject: 'This tier' });
  return [tier];
}

/** A file for each recording, under its name, in a new folder. */
function writeEach(
  folder: string,
  format: AnnotationFormatId,
  write: WriteExport,
  sources: readonly Source[],
  context: CallContext,
): Promise<Written> {
  const ending = formatOf(format).endings[0] ?? format;
  const silent = { ...context, report: () => undefined };
  return writeFolderWhole(folder, async (temporary) => {
    let all: Written = { recordings: 0, rows: 0 };
    for await (const source of inTurn(sources, context)) {
      const path = join(temporary, `${source.name}.${ending}`);
      await mkdir(dirname(path), { recursive: true });
      const { recordings, rows } = await write(path, [source], silent);
      all = { recordings: all.recordings + recordings, rows: all.rows + rows };
    }
    return all;
  });
}
