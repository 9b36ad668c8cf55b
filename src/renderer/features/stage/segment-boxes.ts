import type { Segment } from '#shared/domain/segment.ts';
import { toSeconds } from '#shared/domain/time.ts';
import { visibleEnd, xOf, type TimeScale } from '../../lib/time-scale.ts';
import { percent } from '../../lib/words.ts';

/** A segment where it lies on the screen. */
export interface SegmentBox {
  readonly segment: Segment;
  readonly x: number;
  readonly width: number;
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
    boxes.push({ segment, x, width: xOf(scale, toSeconds(segment.end, sampleRate)) - x });
  }
}

/** The segment that holds a sample, if any does. */
export function segmentAt(segments: readonly Segment[], sample: number): Segment | undefined {
  const candidate = segments[firstEndingAfter(segments, sample)];
  return candidate && candidate.start <= sample ? candidate : undefined;
}

/** What there is room to say in a box: label and confidence, the label, its initial, or nothing. */
export function caption(
  { segment, width }: SegmentBox,
  initial: string,
): { readonly label: string; readonly confidence: string } {
  const { label } = segment;
  // Inter at 12 px is about 6.6 px a letter; 16 px are padding.
  const needed = 16 + label.length * 6.6;
  if (width >= needed + 38) return { label, confidence: percent(segment.confidence) };
  if (width >= needed) return { label, confidence: '' };
  return { label: width >= 18 ? initial : '', confidence: '' };
}

/** Halving search: the first segment that ends after `sample`. */
function firstEndingAfter(segments: readonly Segment[], sample: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.end ?? Infinity) > sample) high = middle;
    else low = middle + 1;
  }
  return low;
}
