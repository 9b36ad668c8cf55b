import Papa from 'papaparse';
import type { SegmentSource } from '#shared/domain/segment.ts';
import { guardFormula } from './formula-guard.ts';

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

const fixedColumns = [
  'recording',
  'start',
  'end',
  'label',
  'source',
  'confidence',
  'annotator',
  'model',
] as const;

export const probabilityPrefix = 'p_';

/** RFC 4180. */
const newline = '\r\n';
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
  const columns = labels.map((label) => guardFormula(probabilityPrefix + label));
  yield unparse([[...fixedColumns, ...columns]]);
  let chunk: string[][] = [];
  for (const row of rows) {
    chunk.push(toCells(row, labels));
    if (chunk.length === rowsPerChunk) {
      yield unparse(chunk);
      chunk = [];
    }
  }
  if (chunk.length > 0) yield unparse(chunk);
}

/** All labels of all sets, each once, in the order in which they are first met. */
export function unionOfLabels(sets: Iterable<readonly string[]>): readonly string[] {
  return [...new Set([...sets].flat())];
}

function toCells(row: EmotionRow, labels: readonly string[]): string[] {
  const known = new Map(row.labels.map((label, index) => [label, row.probabilities[index]]));
  return [
    guardFormula(row.recording),
    formatNumber(row.start),
    formatNumber(row.end),
    guardFormula(row.label),
    row.source,
    formatNumber(row.confidence),
    guardFormula(row.annotator),
    guardFormula(row.model),
    ...labels.map((label) => {
      const probability = known.get(label);
      return probability === undefined ? '' : formatNumber(probability);
    }),
  ];
}

function formatNumber(value: number): string {
  return value.toFixed(6);
}

function unparse(rows: readonly string[][]): string {
  return Papa.unparse([...rows], { newline }) + newline;
}
