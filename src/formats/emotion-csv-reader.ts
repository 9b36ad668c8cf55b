import { segmentSource, type SegmentSource } from '#shared/domain/segment.ts';
import { readCsvRows } from './csv-rows.ts';
import { probabilityPrefix, type EmotionRow } from './emotion-csv.ts';
import { unguardFormula } from './formula-guard.ts';

/** A row that was left out, with why: nothing is dropped in silence. */
interface RejectedRow {
  /** Counted from 1, the heading not included. */
  readonly row: number;
  readonly reason: string;
}

interface EmotionCsvContent {
  readonly rows: readonly EmotionRow[];
  readonly rejected: readonly RejectedRow[];
  /** Columns that an emotion CSV must have and this text has not; then there are no rows. */
  readonly missingColumns: readonly string[];
  /** The row with a quote that is not closed, which takes all that follows for one cell; null where there is none. */
  readonly openQuote: number | null;
}

const required = ['recording', 'start', 'end', 'label'] as const;

/** Where the cells of a row are. */
interface Columns {
  readonly at: ReadonlyMap<string, number>;
  readonly probabilities: readonly { readonly label: string; readonly index: number }[];
}

/**
 * Reads an emotion CSV, ours or one made by hand: only `recording, start, end, label` must be there, in
 * any order. Guards against formulas are taken off again.
 */
export function parseEmotionCsv(text: string): EmotionCsvContent {
  const rows: EmotionRow[] = [];
  const rejected: RejectedRow[] = [];
  let columns = findColumns([]);
  const openQuote = readCsvRows(text, (cells, index) => {
    if (index === 0) {
      columns = findColumns(cells);
      return missingFrom(columns).length === 0;
    }
    const row = toRow(cells, columns);
    if (typeof row === 'string') rejected.push({ row: index, reason: row });
    else rows.push(row);
    return true;
  });
  const missingColumns = missingFrom(columns);
  return openQuote === null
    ? { rows, rejected, missingColumns, openQuote }
    : { rows: [], rejected: [], missingColumns, openQuote };
}

function missingFrom({ at }: Columns): readonly string[] {
  return required.filter((name) => !at.has(name));
}

function findColumns(heading: readonly string[]): Columns {
  const names = heading.map((cell) => unguardFormula(cell));
  return {
    at: new Map(names.map((name, index) => [name, index])),
    probabilities: names.flatMap((name, index) =>
      name.startsWith(probabilityPrefix)
        ? [{ label: name.slice(probabilityPrefix.length), index }]
        : [],
    ),
  };
}

/** @returns the row, or why it is none */
function toRow(cells: readonly string[], columns: Columns): EmotionRow | string {
  const cell = (name: string): string => cells[columns.at.get(name) ?? -1] ?? '';
  const text = (name: string): string => unguardFormula(cell(name));
  const start = parseNumber(cell('start'));
  const end = parseNumber(cell('end'));
  if (start === null || end === null) return 'start and end must be numbers of seconds';
  if (start < 0 || end < start) return 'start must be 0 or more, and end not before it';
  if (text('recording') === '') return 'the recording is not named';
  if (text('label') === '') return 'the label is empty';
  const source = parseSource(cell('source'));
  if (source === null) return 'the source is neither model nor person';
  const confidence = cell('confidence') === '' ? 1 : parseNumber(cell('confidence'));
  if (!isFraction(confidence)) return 'the confidence must be a number from 0 to 1';

  const known = columns.probabilities.filter(({ index }) => (cells[index] ?? '') !== '');
  const probabilities = known.map(({ index }) => parseNumber(cells[index] ?? ''));
  if (!probabilities.every(isFraction)) return 'a probability must be a number from 0 to 1';
  return {
    recording: text('recording'),
    start,
    end,
    label: text('label'),
    source,
    confidence,
    annotator: text('annotator'),
    model: text('model'),
    labels: known.map(({ label }) => label),
    probabilities,
  };
}

/** A file without a source column was written by a person. */
function parseSource(text: string): SegmentSource | null {
  if (text === '') return 'person';
  return segmentSource.safeParse(text).data ?? null;
}

function parseNumber(text: string): number | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

function isFraction(value: number | null): value is number {
  return value !== null && value >= 0 && value <= 1;
}
