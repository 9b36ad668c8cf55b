import type { AnnotationFormat } from '../annotation/format.ts';
import { labelsInTime } from '../annotation/keeps.ts';
import { count } from '../annotation/losses.ts';
import { readEaf } from './eaf-reader.ts';
import { isWholeMilliseconds, toMilliseconds } from './eaf-times.ts';
import { writeEaf } from './eaf-writer.ts';

/** ELAN's annotation format. */
export const eaf: AnnotationFormat = {
  title: 'ELAN annotations',
  endings: ['eaf'],
  keeps: {
    ...labelsInTime,
    seconds: 'lost',
    annotator: 'kept',
    overlaps: 'on further tiers',
    extent: toMilliseconds,
  },
  furtherLosses: ({ recordings }) => {
    const items = recordings.flatMap(({ tiers }) => tiers).flatMap((tier) => tier.items);
    const finer = items.filter((item) => !isWholeMilliseconds(item)).length;
    if (finer === 0) return [];
    return [
      `ELAN counts whole milliseconds: there, the times of ${count(finer, 'segment')} are rounded. Undertone reads them back exactly.`,
    ];
  },
  read: readEaf,
  write: writeEaf,
};
