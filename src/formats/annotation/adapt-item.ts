import type { SegmentSource } from '#shared/domain/segment.ts';
import { cleanText } from './check.ts';
import type { AnnotationItem } from './document.ts';
import { roundTo, type Keeps } from './keeps.ts';
import type { LossCounter } from './losses.ts';

/** The item as the format can say it; none where it cannot. */
export function adaptItem(
  item: AnnotationItem,
  source: SegmentSource,
  keeps: Keeps,
  losses: LossCounter,
): readonly AnnotationItem[] {
  const label = keeps.label(cleanText(item.label));
  if (label !== item.label) losses.add('labels');
  if (label === '' && !keepsEmptyLabel(item, keeps)) {
    losses.add('emptyLabels');
    return [];
  }
  // Rounded first: what rounds to 1 counts as 1.
  const numbers = adaptNumbers(item, keeps, losses);
  if (!keeps.notes && item.note !== '') losses.add('notes');
  return [
    {
      ...adaptTimes(item, keeps, losses),
      label,
      ...numbers,
      confidence: adaptConfidence(numbers.confidence, source, keeps, losses),
      note: keeps.notes ? cleanText(item.note) : '',
    },
  ];
}

function keepsEmptyLabel({ start, end }: AnnotationItem, { emptyLabels }: Keeps): boolean {
  return emptyLabels === 'kept' || (emptyLabels === 'of points only' && start === end);
}

function adaptTimes(
  { start, end }: AnnotationItem,
  { timeStep, points }: Keeps,
  losses: LossCounter,
): Pick<AnnotationItem, 'start' | 'end'> {
  if (timeStep === null) return { start, end };
  const rounded = { start: roundTo(start, timeStep), end: roundTo(end, timeStep) };
  if (rounded.start !== start || rounded.end !== end) losses.add('times');
  if (points !== 'lengthened' || rounded.start < rounded.end) return rounded;
  losses.add('lengthened');
  return { ...rounded, end: roundTo(rounded.start + timeStep, timeStep) };
}

function adaptConfidence(
  confidence: number | null,
  source: SegmentSource,
  keeps: Keeps,
  losses: LossCounter,
): number | null {
  if (!keeps.confidence) {
    if (confidence !== null) losses.add('confidences');
    return null;
  }
  if (keeps.certainty === 'as said') return confidence;
  if (source === 'model') {
    if (confidence === null) losses.add('guessedConfidences');
    return confidence ?? 1;
  }
  if (confidence === 1) losses.add('certainties');
  return confidence === 1 ? null : confidence;
}

type Numbers = Pick<AnnotationItem, 'confidence' | 'labels' | 'probabilities'>;

function adaptNumbers(item: AnnotationItem, keeps: Keeps, losses: LossCounter): Numbers {
  if (!keeps.probabilities && item.labels.length > 0) losses.add('probabilities');
  const { confidence } = item;
  const labels = keeps.probabilities ? item.labels : [];
  const probabilities = keeps.probabilities ? item.probabilities : [];
  if (!keeps.roundsNumbers) return { confidence, labels, probabilities };
  const six = (value: number): number => roundTo(value, 1e-6);
  const all = confidence === null ? probabilities : [...probabilities, confidence];
  if (all.some((value) => six(value) !== value)) losses.add('numbers');
  return {
    confidence: confidence === null ? null : six(confidence),
    labels,
    probabilities: probabilities.map(six),
  };
}
