import { firstEndingAfter } from '#shared/domain/row.ts';
import type { Segment } from '#shared/domain/segment.ts';
import { toSeconds } from '#shared/domain/time.ts';
import { majorityLabels, ribbonRuns } from '../../lib/ribbon.ts';
import { visibleEnd, xOf, type TimeScale } from '../../lib/time-scale.ts';
import { percent } from '../../lib/words.ts';

/** A label where it lies on the screen. */
export interface LabelBox {
  readonly label: string;
  readonly x: number;
  readonly width: number;
}

export interface SegmentBox extends LabelBox {
  readonly segment: Segment;
}

/** The segments that show, of a list in order of start without overlaps (one tier). */
export function segmentBoxes(
  segments: readonly Segment[],
  sampleRate: number,
  scale: TimeScale,
): readonly SegmentBox[] {
  const boxes: SegmentBox[] = [];
  const end = visibleEnd(scale) * sampleRate;
  for (let index = firstEndingAfter(segments, scale.start * sampleRate); ; index += 1) {
    const segment = segments[index];
    if (!segment || segment.start >= end) return boxes;
    const x = xOf(scale, toSeconds(segment.start, sampleRate));
    const width = xOf(scale, toSeconds(segment.end, sampleRate)) - x;
    boxes.push({ segment, label: segment.label, x, width });
  }
}

/**
 * Boxes as they can be told apart: the same ones, or, where they crowd, columns a few pixels wide that each
 * take the label that holds most of them.
 */
export function thinned(boxes: readonly SegmentBox[], width: number): readonly LabelBox[] {
  if (boxes.length <= width / 4) return boxes;
  const column = 3;
  const spans = boxes.map(({ label, x, width: wide }) => ({ label, start: x, end: x + wide }));
  const columns = Math.ceil(width / column);
  return ribbonRuns(majorityLabels(spans, 0, columns * column, columns)).map(
    ({ label, start, length }) => ({ label, x: start * column, width: length * column }),
  );
}

/** What there is room to say in `width` pixels: label and confidence, the label, its initial, or nothing. */
export function caption(
  { label, confidence, source }: Segment,
  initial: string,
  width: number,
): { readonly label: string; readonly confidence: string } {
  // Inter at 12 px: a letter is about 6.6 px wide, a capital 8; 14 px are padding.
  const room = width - 14;
  if (source === 'model' && room >= label.length * 6.6 + 36) {
    return { label, confidence: percent(confidence) };
  }
  if (room >= label.length * 6.6) return { label, confidence: '' };
  return { label: room >= initial.length * 8 ? initial : '', confidence: '' };
}
