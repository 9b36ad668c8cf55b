import type { RawItem } from '../annotation/check.ts';
import {
  defaultTierName,
  type AnnotationContent,
  type AnnotationItem,
} from '../annotation/document.ts';
import {
  onlyRecording,
  stemOf,
  type AnnotationFormat,
  type AnnotationSource,
} from '../annotation/format.ts';
import { labelsInTime } from '../annotation/keeps.ts';
import { count } from '../annotation/losses.ts';
import { decodeText, linesOf, parseNumber } from '../annotation/text.ts';

/** Audacity's label files: start, end and label with tabs between them, one a line. */
export const audacity: AnnotationFormat = {
  title: 'Audacity labels',
  endings: ['txt'],
  keeps: {
    ...labelsInTime,
    seconds: 'lost',
    tiers: 'one',
    emptyTiers: false,
    // As many decimals as Audacity writes.
    timeStep: 1e-6,
    label: (label) => label.replace(/[\t\r\n]/gu, ' '),
  },
  read,
  write: (document) => {
    const lines = onlyRecording(document).tiers.flatMap(({ items }) =>
      items.map(({ start, end, label }) => `${start.toFixed(6)}\t${end.toFixed(6)}\t${label}\n`),
    );
    return new TextEncoder().encode(lines.join(''));
  },
};

function read({ bytes, file, checker }: AnnotationSource): AnnotationContent {
  const items: AnnotationItem[] = [];
  let frequencies = 0;
  for (const [line, text] of linesOf(decodeText(bytes, file))) {
    if (text.trim() === '') continue;
    // The line after a label may give its range of frequencies.
    if (text.startsWith('\\')) {
      frequencies += 1;
      continue;
    }
    const raw = readLine(text);
    if (raw === null) {
      checker.note(`line ${line}`, 'a start, an end and a label need tabs between them', text);
    }
    const item = raw && checker.item(`line ${line}`, raw);
    if (item !== null) items.push(item);
  }
  const tier = { name: defaultTierName, source: 'person' as const, annotator: '', items };
  const recording = { name: stemOf(file), seconds: null, tiers: items.length > 0 ? [tier] : [] };
  return {
    document: { recordings: [recording] },
    losses:
      frequencies > 0
        ? [`Left out: the ranges of frequencies of ${count(frequencies, 'label')}.`]
        : [],
  };
}

function readLine(text: string): RawItem | null {
  const startTab = text.indexOf('\t');
  if (startTab < 0) return null;
  const endTab = text.indexOf('\t', startTab + 1);
  const end = endTab < 0 ? text.length : endTab;
  return {
    start: parseNumber(text.slice(0, startTab).trim()),
    end: parseNumber(text.slice(startTab + 1, end).trim()),
    label: text.slice(end + 1),
  };
}
