import { audacity } from '../exchange/audacity.ts';
import { audformat } from '../exchange/audformat.ts';
import { eaf } from '../exchange/eaf.ts';
import { emotionCsvFormat } from '../exchange/emotion-csv-format.ts';
import { emotionParquet } from '../exchange/emotion-parquet.ts';
import { labelStudio } from '../exchange/label-studio.ts';
import { rttm } from '../exchange/rttm.ts';
import { srt } from '../exchange/srt.ts';
import { textGrid } from '../exchange/textgrid.ts';
import { undertoneJson } from '../exchange/undertone-json.ts';
import { webVtt } from '../exchange/webvtt.ts';
import type { AnnotationFormat } from './format.ts';

/** Every exchange format by the name that options give it. Of those with one ending, the first is written. */
const annotationFormats = {
  csv: emotionCsvFormat,
  json: undertoneJson,
  parquet: emotionParquet,
  textgrid: textGrid({ short: false, encoding: 'utf-8' }),
  'textgrid-short': textGrid({ short: true, encoding: 'utf-8' }),
  'textgrid-utf16': textGrid({ short: false, encoding: 'utf-16' }),
  'textgrid-short-utf16': textGrid({ short: true, encoding: 'utf-16' }),
  eaf,
  audacity,
  vtt: webVtt,
  srt,
  rttm,
  'label-studio': labelStudio,
  audformat,
} as const satisfies Readonly<Record<string, AnnotationFormat>>;

export type AnnotationFormatId = keyof typeof annotationFormats;

export const annotationFormatIds = Object.keys(annotationFormats) as readonly AnnotationFormatId[];

/** The same with the type that all of them share. */
export function formatOf(id: AnnotationFormatId): AnnotationFormat {
  return annotationFormats[id];
}

/**
 * The format that a file's name says: of several with that ending the one that recognises the content, else
 * the first. Null where no format has the ending.
 *
 * @param bytes the content where it is there already; of a file to be written, the longest ending decides
 */
export function formatIdOf(file: string, bytes?: Uint8Array): AnnotationFormatId | null {
  const name = file.toLowerCase();
  const matching = annotationFormatIds
    .map((id) => ({ id, ending: longestEnding(name, formatOf(id).endings) }))
    .filter(({ ending }) => ending > 0)
    .toSorted((a, b) => b.ending - a.ending);
  const recognised =
    bytes && matching.find(({ id }) => formatOf(id).recognises?.(bytes.subarray(0, 4096)) === true);
  return (recognised ?? matching[0])?.id ?? null;
}

function longestEnding(name: string, endings: readonly string[]): number {
  const matching = endings.filter((ending) => name.endsWith(`.${ending.toLowerCase()}`));
  return Math.max(0, ...matching.map((ending) => ending.length));
}
