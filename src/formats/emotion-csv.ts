import type { SegmentSource } from '#shared/domain/segment.ts';
import { csvHeading, csvLines } from './tables/csv-table.ts';
import type { Column, Row } from './tables/table.ts';

/** One labelled stretch of one recording: a row of an emotion CSV. */
export interface EmotionRow {
  /** What the recording is called: its file's name, with folders where names alone would not tell. */
  readonly recording: string;
  /** Seconds from the first sample of the recording. */
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly source: SegmentSource;
  /** 0 to 1. */
  readonly confidence: number;
  readonly annotator: string;
  readonly model: string;
  /** What `probabilities` are of, in the same order; both are empty where nothing was predicted. */
  readonly labels: readonly string[];
  readonly probabilities: readonly number[];
}

const fixedColumns: readonly Column[] = [
  { name: 'recording', kind: 'text' },
  { name: 'start', kind: 'number' },
  { name: 'end', kind: 'number' },
  { name: 'label', kind: 'text' },
  { name: 'source', kind: 'text' },
  { name: 'confidence', kind: 'number' },
  { name: 'annotator', kind: 'text' },
  { name: 'model', kind: 'text' },
];

export const probabilityPrefix = 'p_';

const rowsPerChunk = 1000;

/**
 * The text of an emotion CSV in pieces of a thousand rows, so that its length does not matter. Times and
 * probabilities have six decimals: a time finds its sample again at any sample rate in use.
 *
 * @param labels a column `p_<label>` each, as {@link unionOfLabels} gives them; rows that know nothing of
 *   a label leave its cell empty
 */
export function* emotionCsv(
  rows: Iterable<EmotionRow>,
  labels: readonly string[],
): Generator<string, void, undefined> {
  const columns = emotionColumns(labels);
  yield csvHeading(columns);
  let chunk: Row[] = [];
  for (const row of rows) {
    chunk.push(emotionCells(row, labels));
    if (chunk.length === rowsPerChunk) {
      yield csvLines(columns, chunk);
      chunk = [];
    }
  }
  if (chunk.length > 0) yield csvLines(columns, chunk);
}

/** The schema of an emotion CSV, for other tables of the same rows. */
export function emotionColumns(labels: readonly string[]): readonly Column[] {
  const column = (label: string): Column => ({ name: probabilityPrefix + label, kind: 'number' });
  return [...fixedColumns, ...labels.map(column)];
}

/** All labels of all sets, each once, in the order in which they are first met. */
export function unionOfLabels(sets: Iterable<readonly string[]>): readonly string[] {
  return [...new Set([...sets].flat())];
}

/** A row's cells in the order of {@link emotionColumns}. */
export function emotionCells(row: EmotionRow, labels: readonly string[]): Row {
  const known = new Map(row.labels.map((label, index) => [label, row.probabilities[index]]));
  return [
    row.recording,
    row.start,
    row.end,
    row.label,
    row.source,
    row.confidence,
    row.annotator,
    row.model,
    ...labels.map((label) => known.get(label) ?? null),
  ];
}
