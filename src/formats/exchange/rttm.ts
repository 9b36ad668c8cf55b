import { createBuilder } from '../annotation/builder.ts';
import { defaultTierName, type AnnotationContent } from '../annotation/document.ts';
import type { AnnotationFormat, AnnotationSource } from '../annotation/format.ts';
import { labelsInTime, roundTo } from '../annotation/keeps.ts';
import { count } from '../annotation/losses.ts';
import { decodeText, formatExact, linesOf, parseNumber } from '../annotation/text.ts';

const missing = '<NA>';
const step = 1e-6;
/** Kinds of lines that say nothing of who spoke when (RT-09 evaluation plan, appendix A). */
const otherKinds = new Set([
  'SEGMENT',
  'NOSCORE',
  'NO_RT_METADATA',
  'LEXEME',
  'NON-LEX',
  'NON-SPEECH',
  'FILLER',
  'EDIT',
  'SU',
  'IP',
  'CB',
  'A/P',
  'SPKR-INFO',
]);

/**
 * NIST's Rich Transcription Time Marked lines: `SPEAKER file channel onset duration <NA> <NA> name
 * confidence <NA>`, where the name of the speaker is the label.
 */
export const rttm: AnnotationFormat = {
  title: 'RTTM',
  endings: ['rttm'],
  keeps: {
    ...labelsInTime,
    recordings: 'many',
    seconds: 'lost',
    tiers: 'one',
    emptyTiers: false,
    confidence: true,
    timeStep: step,
    label: toField,
    recordingName: toField,
  },
  read,
  write: ({ recordings }) => {
    const lines = recordings.flatMap(({ name, tiers }) =>
      tiers.flatMap(({ items }) =>
        items.map(({ start, end, label, confidence }) => {
          const length = roundTo(end - start, step).toFixed(6);
          const sureness = confidence === null ? missing : formatExact(confidence);
          return `SPEAKER ${name} 1 ${start.toFixed(6)} ${length} ${missing} ${missing} ${label || missing} ${sureness} ${missing}\n`;
        }),
      ),
    );
    return new TextEncoder().encode(lines.join(''));
  },
};

/** Fields end at white space. */
function toField(text: string): string {
  return text === missing ? 'NA' : text.replace(/\s+/gu, '_');
}

function read({ bytes, file, checker }: AnnotationSource): AnnotationContent {
  const builder = createBuilder();
  let others = 0;
  for (const [line, text] of linesOf(decodeText(bytes, file))) {
    const [
      kind = '',
      recording = '',
      ,
      onset = '',
      duration = '',
      ,
      ,
      label = missing,
      sureness = missing,
    ] = text.trim().split(/\s+/u);
    if (kind === '' || kind.startsWith(';;')) continue;
    if (kind !== 'SPEAKER') {
      if (otherKinds.has(kind)) others += 1;
      else checker.note(`line ${line}`, 'this is no kind of line', kind);
      continue;
    }
    const start = parseNumber(onset);
    const item = checker.item(`line ${line}`, {
      start,
      end: endOf(start, parseNumber(duration)),
      label: label === missing ? '' : label,
      confidence: sureness === missing ? null : parseNumber(sureness),
    });
    const tier = { name: defaultTierName, source: 'person' as const, annotator: '' };
    if (item !== null) builder.add(recording, tier, item);
  }
  return {
    document: builder.build(),
    losses: others > 0 ? [`Left out: ${count(others, 'line')} of other kinds than SPEAKER.`] : [],
  };
}

/** NaN where the duration is negative: no end before the start hides in rounding. */
function endOf(start: number, duration: number): number {
  return duration >= 0 ? Math.max(start, roundTo(start + duration, step)) : Number.NaN;
}
