import Papa from 'papaparse';
import { createBuilder } from '../annotation/builder.ts';
import { defaultTierName, type AnnotationContent } from '../annotation/document.ts';
import type { AnnotationFormat, AnnotationSource } from '../annotation/format.ts';
import { everything } from '../annotation/keeps.ts';
import { refuse } from '../annotation/refuse.ts';
import { decodeText, formatExact, parseNumber } from '../annotation/text.ts';
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
  const { data, errors } = Papa.parse<string[]>(decodeText(bytes, file), {
    delimiter: ',',
    skipEmptyLines: true,
  });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) refuse(file, `row ${broken.row ?? 0}`, 'a quote is not closed');
  const heading = (data[0] ?? []).map((cell) => unguardFormula(cell));
  const missing = index.filter((name) => !heading.includes(name));
  if (missing.length > 0) {
    refuse(file, 'line 1', `these columns are missing: ${missing.join(', ')}`);
  }
  const scheme = schemeOf(heading);
  if (scheme === undefined) refuse(file, 'line 1', 'there is no column with labels');

  const builder = createBuilder();
  for (const [row, cells] of data.slice(1).entries()) {
    const cell = (name: string): string => unguardFormula(cells[heading.indexOf(name)] ?? '');
    const sureness = cell(confidenceColumn);
    const item = checker.item(`row ${row + 1}`, {
      start: parseTimedelta(cell('start')),
      end: parseTimedelta(cell('end')),
      label: cell(scheme),
      confidence: sureness === '' ? null : parseNumber(sureness),
    });
    const tier = { name: defaultTierName, source: 'person' as const, annotator: '' };
    if (item !== null) builder.add(cell('file'), tier, item);
  }
  return { document: builder.build(), losses: leftOut(heading, scheme) };
}

/** The column of labels: `emotion`, else the first beside those of the index. */
function schemeOf(heading: readonly string[]): string | undefined {
  if (heading.includes(labelColumn)) return labelColumn;
  return heading.find((name) => !index.some((known) => known === name));
}

function leftOut(heading: readonly string[], scheme: string): readonly string[] {
  const read = [...index, scheme, confidenceColumn];
  const others = heading.filter((name) => !read.includes(name));
  return others.length > 0 ? [`Left out: the columns ${others.join(', ')}.`] : [];
}
