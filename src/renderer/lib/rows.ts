import type { SegmentChanges } from '#shared/contract/annotation.ts';
import { isEmotion, noSpeech, unsure } from '#shared/domain/label.ts';
import { isCovered } from '#shared/domain/row.ts';
import type { Segment } from '#shared/domain/segment.ts';

/** The segments of a recording after a change, in order of their start; the same ones where that changes nothing. */
export function withChanges(
  present: readonly Segment[],
  { changed, removed }: Pick<SegmentChanges, 'changed' | 'removed'>,
): readonly Segment[] {
  const byId = new Map(present.map((segment) => [segment.id, segment]));
  const isKnown = changed.every((segment) => isSame(segment, byId.get(segment.id)));
  if (isKnown && !removed.some((id) => byId.has(id))) return present;
  const gone = new Set([...removed, ...changed.map(({ id }) => id)]);
  const kept = present.filter(({ id }) => !gone.has(id));
  return inOrder([...kept, ...changed]);
}

function isSame(one: Segment, other: Segment | undefined): boolean {
  return other !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

export function inOrder(segments: readonly Segment[]): readonly Segment[] {
  return segments.toSorted((a, b) => a.start - b.start || a.id - b.id);
}

/**
 * The rows of a timeline: each tier's segments in their order. A row in which nothing differs from `before` is the one
 * that it was, so that what is drawn from it need not be drawn again.
 */
export function byTier(
  segments: readonly Segment[],
  before: ReadonlyMap<string, readonly Segment[]> = new Map(),
): ReadonlyMap<string, readonly Segment[]> {
  const rows = new Map<string, Segment[]>();
  for (const segment of segments) {
    const row = rows.get(segment.tier);
    if (row) row.push(segment);
    else rows.set(segment.tier, [segment]);
  }
  return new Map(
    Array.from(rows, ([tier, row]) => {
      const known = before.get(tier);
      return [tier, known && isSameRow(known, row) ? known : row];
    }),
  );
}

function isSameRow(one: readonly Segment[], other: readonly Segment[]): boolean {
  return one.length === other.length && one.every((segment, at) => segment === other[at]);
}

/**
 * The segment of a row that comes after (or before) a place: one's own place where the row holds it, else
 * its start. So one can walk along the model's row while what is selected lies on one's own.
 */
export function neighbour(
  row: readonly Segment[],
  from: Pick<Segment, 'id' | 'start'>,
  step: 1 | -1,
): Segment | undefined {
  const at = row.findIndex(({ id }) => id === from.id);
  if (at >= 0) return row[at + step];
  return step > 0
    ? row.find(({ start }) => start > from.start)
    : row.findLast(({ start }) => start < from.start);
}

/** Whether a person should listen: the model said so itself, or its best guess is no majority. */
export function isUncertain({ label, confidence, source }: Segment): boolean {
  return source === 'model' && (label === unsure || (isEmotion(label) && confidence < 0.5));
}

/** What is still to be listened to: the model's segments with speech that the person's row lacks. */
export function nextOpen(
  model: readonly Segment[],
  own: readonly Segment[],
  after: number,
): Segment | undefined {
  return model.find(
    (segment) => segment.start >= after && segment.label !== noSpeech && !isCovered(own, segment),
  );
}
