import { defaultTierName } from '../annotation/document.ts';
import { onlyRecording, stemOf, type AnnotationFormat } from '../annotation/format.ts';
import { labelsInTime } from '../annotation/keeps.ts';
import { decodeText } from '../annotation/text.ts';
import { formatCueTime, readCues } from './cues.ts';

/** SubRip subtitles. */
export const srt: AnnotationFormat = {
  title: 'SubRip subtitles',
  endings: ['srt'],
  keeps: {
    ...labelsInTime,
    seconds: 'lost',
    tiers: 'one',
    emptyTiers: false,
    points: 'lengthened',
    timeStep: 1e-3,
    label: withoutBlankLines,
  },
  read: ({ bytes, file, checker }) => ({
    document: readCues(decodeText(bytes, file), { file, checker }, stemOf(file), (label) => ({
      tier: defaultTierName,
      label,
    })),
    losses: [],
  }),
  write: (document) => {
    const cues = onlyRecording(document)
      .tiers.flatMap(({ items }) => items)
      .map(({ start, end, label }, index) => {
        const times = `${formatCueTime(start, ',')} --> ${formatCueTime(end, ',')}`;
        return `${index + 1}\n${times}\n${label === '' ? '' : `${label}\n`}\n`;
      });
    return new TextEncoder().encode(cues.join(''));
  },
};

/** A blank line would end the cue. */
export function withoutBlankLines(text: string): string {
  return text
    .split(/\r\n?|\n/u)
    .filter((line) => line !== '')
    .join('\n');
}
