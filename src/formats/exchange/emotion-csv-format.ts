import type { AnnotationContent } from '../annotation/document.ts';
import type { AnnotationFormat, AnnotationSource } from '../annotation/format.ts';
import { refuse } from '../annotation/refuse.ts';
import { decodeText } from '../annotation/text.ts';
import { parseEmotionCsv } from '../emotion-csv-reader.ts';
import { emotionCsv, unionOfLabels } from '../emotion-csv.ts';
import { emotionRowsKeep, fromEmotionRows, toEmotionRows } from './emotion-rows.ts';

/** Undertone's emotion CSV. */
export const emotionCsvFormat: AnnotationFormat = {
  title: 'emotion CSV',
  endings: ['csv'],
  keeps: emotionRowsKeep,
  read,
  write: (document) => {
    const rows = toEmotionRows(document);
    const labels = unionOfLabels(rows.map((row) => row.labels));
    return new TextEncoder().encode([...emotionCsv(rows, labels)].join(''));
  },
};

function read({ bytes, file, checker }: AnnotationSource): AnnotationContent {
  const { rows, rejected, missingColumns, openQuote } = parseEmotionCsv(decodeText(bytes, file));
  if (openQuote !== null) refuse(file, `row ${openQuote}`, 'a quote is not closed');
  if (missingColumns.length > 0) {
    refuse(file, 'line 1', `these columns are missing: ${missingColumns.join(', ')}`);
  }
  for (const { row, reason } of rejected) checker.note(`row ${row}`, reason);
  const bad = new Set(rejected.map(({ row }) => row));
  const numbers = Array.from({ length: rows.length + bad.size }, (_, index) => index + 1);
  // Rows are counted as they are in the file.
  const places = numbers.filter((row) => !bad.has(row)).map((row) => `row ${row}`);
  return { document: fromEmotionRows(rows, checker, places), losses: [] };
}
