import type { Tier } from '#shared/domain/tier.ts';
import type { RowUnit } from '#shared/domain/row-unit.ts';
import { toSeconds } from '#shared/domain/time.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import { writeFileWhole } from '#files/write-whole.ts';
import { emotionCsvSidecar, type ExportedRecording } from '#formats/emotion-csv-sidecar.ts';
import type { EmotionRow } from '#formats/emotion-csv.ts';
import { csvTable } from '#formats/tables/csv-table.ts';
import { emotionTable, type EmotionTable } from '#formats/tables/emotion-tables.ts';
import { parquetTable } from '#formats/tables/parquet-table.ts';
import type { Row } from '#formats/tables/table.ts';
import type { LabelledSegment } from '../database/segments.ts';
import type { DerivedFiles } from '../derived-files.ts';
import type { Project } from '../project.ts';
import { modelsOf } from './models.ts';
import {
  describeSource,
  inTurn,
  segmentsByTier,
  type Source,
  type TierSegments,
} from './sources.ts';
import { labelsOfTable } from './table-labels.ts';
import type { ExportWriter } from './writer.ts';

export interface TableOptions {
  readonly project: Project;
  readonly files: DerivedFiles;
  readonly appVersion: string;
  readonly format: 'csv' | 'parquet';
  readonly per: RowUnit;
  /** Whose labels, in this order. */
  readonly tiers: readonly Tier[];
  readonly context: CallContext;
}

/** Writes tables, all with the same columns; beside each lies `<name>.json` with what it comes from. */
export async function openTables(
  options: TableOptions,
  sources: readonly Source[],
): Promise<ExportWriter> {
  const { format, per, tiers } = options;
  const labels = await labelsOfTable(options, sources);
  const whose = tiers.every(({ kind }) => kind === 'model') ? 'model' : 'anybody';
  const table = emotionTable(per, labels, whose);
  const toContent = format === 'csv' ? csvTable : parquetTable;
  return {
    losses: () => [],
    write: async (path, about, context) => {
      const written: ExportedRecording[] = [];
      const batches = rowsOf({ ...options, context }, table, about, (recording) => {
        written.push(recording);
      });
      await writeFileWhole(path, toContent(table.columns, batches));
      const rows = written.reduce((sum, recording) => sum + recording.rows, 0);
      await writeFileWhole(`${path}.json`, [describe(options, written, rows, about)]);
      return { recordings: written.length, rows };
    },
  };
}

function describe(
  { appVersion, per }: TableOptions,
  recordings: readonly ExportedRecording[],
  rows: number,
  sources: readonly Source[],
): string {
  return emotionCsvSidecar({
    appVersion,
    exportedAt: new Date().toISOString(),
    ...(per === 'segment' ? {} : { per }),
    rows,
    recordings,
    models: modelsOf(sources),
  });
}

/** @param onDone told of each recording that had rows */
async function* rowsOf(
  options: TableOptions,
  table: EmotionTable,
  sources: readonly Source[],
  onDone: (recording: ExportedRecording) => void,
): AsyncGenerator<readonly Row[], void, undefined> {
  for await (const source of inTurn(sources, options.context)) {
    const rows: Row[] = [];
    for (const said of segmentsByTier(options.project, source.id, options.tiers)) {
      rows.push(...(await rowsOfTier(options, table, source, said)));
    }
    if (rows.length === 0) continue;
    yield rows;
    onDone(describeSource(source, rows.length));
  }
}

async function rowsOfTier(
  { per, files, context }: TableOptions,
  table: EmotionTable,
  source: Source,
  { tier, segments }: TierSegments,
): Promise<readonly Row[]> {
  const { id, name, sha256, seconds, uncertainStartSeconds, analysis } = source;
  const rows = segments.map((segment) => toRow(segment, source));
  if (tier.kind === 'model' && per !== 'segment') {
    const track = await files.track(id, context.signal);
    if (!track || !analysis) return [];
    const { model, unsureBelow } = analysis;
    const about = { name, sha256, seconds, uncertainStartSeconds };
    return table.rowsOf({ ...about, model, rows, track, unsureBelow });
  }
  // Without a model's steps there are none to put labels in.
  if (per === 'window' && !analysis) return [];
  const hopSeconds = analysis?.hopSeconds ?? seconds;
  return table.rowsOfLabels({ name, seconds, annotator: tier.name, rows, hopSeconds });
}

function toRow(segment: LabelledSegment, { name, sampleRate }: Source): EmotionRow {
  const { start, end, label, source, confidence, annotator, model, labels, probabilities } =
    segment;
  return {
    recording: name,
    start: toSeconds(start, sampleRate),
    end: toSeconds(end, sampleRate),
    ...{ label, source, confidence, annotator, model, labels, probabilities },
  };
}
