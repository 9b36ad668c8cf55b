import { writeFileWhole } from '#files/write-whole.ts';
import { defaultTierName, type AnnotatedRecording } from '#formats/annotation/document.ts';
import { annotationFormatIds, type AnnotationFormatId } from '#formats/annotation/registry.ts';
import { writeAnnotations } from '#formats/annotation/write.ts';
import type { AnalysedRecording } from '#formats/emotion-json.ts';
import { sweepHalf } from './state.ts';
import type { Analysed } from './table-files.ts';

export const tableFormats = ['csv', 'json', 'parquet'] as const;
type TableFormat = (typeof tableFormats)[number];

/** Formats of other programs; tables and JSON of an analysis say more, and are written as such. */
export type ExchangeFormat = Exclude<AnnotationFormatId, TableFormat>;

export const exchangeFormats = annotationFormatIds.filter(
  (id): id is ExchangeFormat => !tableFormats.some((format) => format === id),
);

/** Writes the segments of recordings for another program, whole or not at all. */
export async function writeExchange(
  path: string,
  format: ExchangeFormat,
  analysed: readonly Analysed[],
): Promise<void> {
  await sweepHalf(path);
  const recordings: AnnotatedRecording[] = [];
  for (const { load } of analysed) recordings.push(toAnnotations(await load()));
  const { bytes } = await writeAnnotations({ recordings }, format);
  await writeFileWhole(path, [bytes]);
}

function toAnnotations({ name, seconds, model, rows }: AnalysedRecording): AnnotatedRecording {
  const items = rows.map(({ start, end, label, confidence, labels, probabilities }) => ({
    start,
    end,
    label,
    confidence,
    labels: probabilities.length > 0 ? labels : [],
    probabilities,
    note: '',
  }));
  return {
    name,
    seconds,
    tiers: [{ name: defaultTierName, source: 'model', annotator: model, items }],
  };
}
