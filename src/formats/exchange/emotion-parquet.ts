import { z } from 'zod';
import { segmentSource } from '#shared/domain/segment.ts';
import type { Checker } from '../annotation/check.ts';
import type { AnnotationContent } from '../annotation/document.ts';
import type { AnnotationFormat, AnnotationSource } from '../annotation/format.ts';
import { checkAs } from '../annotation/json.ts';
import { limits, refuse } from '../annotation/refuse.ts';
import {
  emotionCells,
  emotionColumns,
  probabilityPrefix,
  unionOfLabels,
  type EmotionRow,
} from '../emotion-csv.ts';
import { parquetTable } from '../tables/parquet-table.ts';
import { readParquetRows } from './parquet-worker.ts';
import { emotionRowsKeep, fromEmotionRows, toEmotionRows } from './emotion-rows.ts';

/** The rows of an emotion CSV as Apache Parquet, for pandas, DuckDB and Spark. */
export const emotionParquet: AnnotationFormat = {
  title: 'Parquet',
  endings: ['parquet'],
  keeps: emotionRowsKeep,
  read,
  write: async (document) => {
    const rows = toEmotionRows(document);
    const labels = unionOfLabels(rows.map((row) => row.labels));
    const cells = rows.map((row) => emotionCells(row, labels));
    const chunks: Uint8Array[] = [];
    for await (const chunk of parquetTable(emotionColumns(labels), [cells])) chunks.push(chunk);
    return Buffer.concat(chunks);
  },
};

const text = z.string().nullish().default('');
const parquetRow = z.object({
  recording: z.string(),
  start: z.number(),
  end: z.number(),
  label: z.string(),
  source: segmentSource.nullish(),
  confidence: z.number().nullish(),
  annotator: text,
  model: text,
});

const required = ['recording', 'start', 'end', 'label'];

async function read({ bytes, file, checker }: AnnotationSource): Promise<AnnotationContent> {
  const rows = await readRows(bytes, file);
  const good = rows.flatMap((row, index) => {
    const place = `row ${index + 1}`;
    const read = toEmotionRow(row, checker, place);
    return read ? [{ row: read, place }] : [];
  });
  const document = fromEmotionRows(
    good.map(({ row }) => row),
    checker,
    good.map(({ place }) => place),
  );
  return { document, losses: [] };
}

async function readRows(bytes: Uint8Array, file: string): Promise<readonly object[]> {
  const read = await readParquetRows(bytes, limits.items);
  if (read === null) return refuse(file, '', 'it is no Parquet file that can be read');
  if (read.count > limits.items) refuse(file, '', `it says to hold ${read.count} rows`);
  const missing = required.filter((name) => !read.columns.includes(name));
  if (missing.length > 0) refuse(file, '', `these columns are missing: ${missing.join(', ')}`);
  return read.rows;
}

/** @returns null once what is wrong with the row has been noted */
function toEmotionRow(row: object, checker: Checker, where: string): EmotionRow | null {
  const known = checkAs(parquetRow, row, where, checker);
  if (!known) return null;
  const probabilities = Object.entries(row).flatMap(([name, value]) =>
    name.startsWith(probabilityPrefix) && typeof value === 'number'
      ? [{ label: name.slice(probabilityPrefix.length), value }]
      : [],
  );
  return {
    ...known,
    source: known.source ?? 'person',
    confidence: known.confidence ?? 1,
    annotator: known.annotator ?? '',
    model: known.model ?? '',
    labels: probabilities.map(({ label }) => label),
    probabilities: probabilities.map(({ value }) => value),
  };
}
