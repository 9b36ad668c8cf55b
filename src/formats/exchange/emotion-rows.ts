import { createBuilder } from '../annotation/builder.ts';
import { nameByAnnotator } from '../annotation/adapt.ts';
import type { Checker } from '../annotation/check.ts';
import type { AnnotationDocument } from '../annotation/document.ts';
import { everything, type Keeps } from '../annotation/keeps.ts';
import type { EmotionRow } from '../emotion-csv.ts';

/** What the rows of an emotion table say of a document: a tier is all that one annotator or model says. */
export const emotionRowsKeep: Keeps = {
  ...everything,
  seconds: 'lost',
  tiers: 'by annotator',
  emptyTiers: false,
  notes: false,
  emptyLabels: 'lost',
  timeStep: 1e-6,
  roundsNumbers: true,
  certainty: 'of people is 1',
};

/** Recording by recording, tier by tier. A person who says nothing else is sure. */
export function toEmotionRows({ recordings }: AnnotationDocument): readonly EmotionRow[] {
  return recordings.flatMap(({ name, tiers }) =>
    tiers.flatMap(({ source, annotator, items }) =>
      items.map(({ start, end, label, confidence, labels, probabilities }) => ({
        recording: name,
        start,
        end,
        label,
        source,
        confidence: confidence ?? 1,
        annotator: source === 'person' ? annotator : '',
        model: source === 'model' ? annotator : '',
        labels,
        probabilities,
      })),
    ),
  );
}

/** @param places where each row is in the file, for words about it */
export function fromEmotionRows(
  rows: readonly EmotionRow[],
  checker: Checker,
  places: readonly string[],
): AnnotationDocument {
  const builder = createBuilder();
  for (const [index, row] of rows.entries()) {
    const { recording, source, confidence } = row;
    const annotator = source === 'person' ? row.annotator : row.model;
    const sure = source === 'person' && confidence === 1;
    const item = checker.item(places[index] ?? '', {
      ...row,
      confidence: sure ? null : confidence,
    });
    const name = nameByAnnotator({ source, annotator });
    if (item !== null) builder.add(recording, { name, source, annotator }, item);
  }
  return builder.build();
}
