import Papa from 'papaparse';
import { createBuilder } from '../annotation/builder.ts';
import { defaultTierName, type AnnotationContent } from '../annotation/document.ts';
import type { AnnotationFormat, AnnotationSource } from '../annotation/format.ts';
import { everything } from '../annotation/keeps.ts';
import { refuse } from '../annotation/refuse.ts';
import { decodeText, formatExact, parseNumber } from '../annotation/text.ts';
import { readCsvRows } from '../csv-rows.ts';
import { guardFormula, unguardFormula } from '../formula-guard.ts';
import { formatTimedelta, parseTimedelta } from './timedelta.ts';

const index = ['file', 'start', 'end'] as const;
const labelColumn = 'emotion';
const confidenceColumn = 'emotion.confidence';

/** A segmented table of audformat: file, start, end and the columns of its schemes. */
export const audformat: AnnotationFormat = {
  title: 'audformat table',
  endings: ['audformat.csv', 'csv'],
  keeps: {
    ...everything,
    seconds: 'lost',
    tiers: 'one',
    emptyTiers: false,
    annotator: 'lost',
    source: false,
    probabilities: false,
    notes: false,
    timeStep: 1e-9,
  },
  recognises: (bytes) =>
    /^(?:\xEF\xBB\xBF)?"?file"?,/u.test(new TextDecoder('latin1').decode(bytes)),
  read,
  write: ({ recordings }) => {
    const rows = recordings.flatMap(({ name, tiers }) =>
      tiers.flatMap(({ items }) =>
        items.map(({ start, end, label, confidence }) => [
          guardFormula(name),
          formatTimedelta(start),
          formatTimedelta(end),
          guardFormula(label),
          confidence === null ? '' : formatExact(confidence),
        ]),
      ),
    );
    const heading = [...index, labelColumn, confidenceColumn];
    return new TextEncoder().encode(`${Papa.unparse([heading, ...rows], { newline: '\n' })}\n`);
  },
};

function read({ bytes, file, checker }: AnnotationSource): AnnotationContent {
  const builder = createBuilder();
  let heading: readonly string[] = [];
  let scheme = '';
  const openQuote = readCsvRows(decodeText(bytes, file), (cells, row) => {
    if (row === 0) {
      heading = cells.map((cell) => unguardFormula(cell));
      scheme = schemeOf(heading, file);
      return true;
    }
    const cell = (name: string): string => unguardFormula(cells[heading.indexOf(name)] ?? '');
    const sureness = cell(confidenceColumn);
    const item = checker.item(`row ${row}`, {
      start: parseTimedelta(cell('start')),
      end: parseTimedelta(cell('end')),
      label: cell(scheme),
      confidence: sureness === '' ? null : parseNumber(sureness),
    });
    const tier = { name: defaultTierName, source: 'person' as const, annotator: '' };
    if (item !== null) builder.add(cell('file'), tier, item);
    return true;
  });
  if (openQuote !== null) refuse(file, `row ${openQuote}`, 'a quote is not closed');
  if (heading.length === 0) schemeOf(heading, file);
  return { document: builder.build(), losses: leftOut(heading, scheme) };
}

/**
 * The column of labels: `emotion`, else the first beside those of the index.
 * @throws UndertoneError annotations-unreadable where a column is missing
 */
function schemeOf(heading: readonly string[], file: string): string {
  const missing = index.filter((name) => !heading.includes(name));
  if (missing.length > 0) {
    refuse(file, 'line 1', `these columns are missing: ${missing.join(', ')}`);
  }
  if (heading.includes(labelColumn)) return labelColumn;
  const first = heading.find((name) => !index.some((known) => known === name));
  return first ?? refuse(file, 'line 1', 'there is no column with labels');
}

function leftOut(heading: readonly string[], scheme: string): readonly string[] {
  const read = [...index, scheme, confidenceColumn];
  const others = heading.filter((name) => !read.includes(name));
  return others.length > 0 ? [`Left out: the columns ${others.join(', ')}.`] : [];
}
