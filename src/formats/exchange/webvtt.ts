import { defaultTierName, type AnnotationContent } from '../annotation/document.ts';
import {
  onlyRecording,
  stemOf,
  type AnnotationFormat,
  type AnnotationSource,
} from '../annotation/format.ts';
import { labelsInTime } from '../annotation/keeps.ts';
import { refuse } from '../annotation/refuse.ts';
import { count } from '../annotation/losses.ts';
import { decodeText } from '../annotation/text.ts';
import { formatCueTime, readCues, type CueText } from './cues.ts';
import { withoutBlankLines } from './srt.ts';

/** WebVTT subtitles (W3C); tiers are voices. */
export const webVtt: AnnotationFormat = {
  title: 'WebVTT subtitles',
  endings: ['vtt'],
  keeps: {
    ...labelsInTime,
    seconds: 'lost',
    emptyTiers: false,
    points: 'lengthened',
    timeStep: 1e-3,
    label: withoutBlankLines,
  },
  read,
  write: (document) => {
    const cues = onlyRecording(document)
      .tiers.flatMap(({ name, items }) => items.map((item) => ({ ...item, name })))
      // The order that the standard asks for.
      .toSorted((a, b) => a.start - b.start || b.end - a.end)
      .map(({ start, end, name, label }) => {
        const times = `${formatCueTime(start, '.')} --> ${formatCueTime(end, '.')}`;
        return `${times}\n<v ${escape(name)}>${escape(label)}</v>\n\n`;
      });
    return new TextEncoder().encode(`WEBVTT\n\n${cues.join('')}`);
  },
};

function read({ bytes, file, checker }: AnnotationSource): AnnotationContent {
  const text = decodeText(bytes, file);
  if (!/^WEBVTT(?:[ \t\r\n]|$)/u.test(text)) {
    refuse(file, 'line 1', 'the file does not begin with WEBVTT');
  }
  let stripped = 0;
  const document = readCues(text, { file, checker }, stemOf(file), (cue) => {
    const { markup, ...said } = readPayload(cue);
    if (markup) stripped += 1;
    return said;
  });
  return {
    document,
    losses: stripped > 0 ? [`Left out: the markup of ${count(stripped, 'subtitle')}.`] : [],
  };
}

const voice = /^<v(?:\.[^\s>]*)?\s+([^<>]*)>/u;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00A0',
  lrm: '\u200E',
  rlm: '\u200F',
};

function readPayload(payload: string): CueText & { readonly markup: boolean } {
  const speaker = voice.exec(payload);
  const rest = payload.slice(speaker?.[0].length ?? 0).replace(/<\/v>$/u, '');
  const plain = rest.replace(/<[^<>]*>/gu, '');
  return {
    tier: unescape(speaker?.[1] ?? '') || defaultTierName,
    label: unescape(plain),
    markup: plain !== rest,
  };
}

function escape(text: string): string {
  return text.replace(/[&<>]/gu, (sign) =>
    sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;',
  );
}

function unescape(text: string): string {
  return text.replace(/&(\w+);/gu, (whole, name: string) => entities[name] ?? whole);
}
