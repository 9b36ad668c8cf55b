import type { AnnotationFormat } from '../annotation/format.ts';
import { labelsInTime } from '../annotation/keeps.ts';
import { readTextGrid } from './textgrid-reader.ts';
import { writeTextGrid, type TextGridStyle } from './textgrid-writer.ts';

/** Praat's TextGrid, in one of the styles that Praat writes; all of them are read alike. */
export function textGrid(style: TextGridStyle): AnnotationFormat {
  const form = style.short ? ', short' : '';
  const encoding = style.encoding === 'utf-16' ? ', UTF-16' : '';
  return {
    title: `Praat TextGrid${form}${encoding}`,
    endings: ['TextGrid'],
    keeps: {
      ...labelsInTime,
      seconds: 'needed',
      emptyLabels: 'of points only',
      points: 'on a tier of their own',
      overlaps: 'on further tiers',
      // Praat has at most one point at any time.
      extent: ({ start, end }) => [start, end > start ? end : start + 1e-9],
    },
    read: readTextGrid,
    write: (document) => writeTextGrid(document, style),
  };
}
