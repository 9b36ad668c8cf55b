import { modelTier } from '#shared/domain/tier.ts';
import { spanLength, type Span } from '#shared/domain/time.ts';
import type { LabelledSegment } from '../database/segments.ts';
import { accept, assertAnnotator } from './accept.ts';
import type { Draft } from './draft.ts';

/** @returns the ids of what has the label now */
export function relabel(
  draft: Draft,
  ids: readonly number[],
  label: string,
  to: string,
): readonly number[] {
  return [...new Set(ids)].flatMap((id) => {
    const segment = draft.get(id);
    if (segment.tier === modelTier) return relabelStretch(draft, segment, label, to);
    draft.change(id, { label });
    return [id];
  });
}

/**
 * Labels the stretch of a model's segment. A person's edges and notes outlast a change of mind: where most
 * of the stretch is labelled already, what lies in it only gets the new label.
 */
function relabelStretch(
  draft: Draft,
  segment: LabelledSegment,
  label: string,
  to: string,
): readonly number[] {
  assertAnnotator(draft, to);
  const there = draft.on(to).filter((other) => overlap(segment, other) > 0);
  const covered = there.reduce((sum, other) => sum + overlap(segment, other), 0);
  if (covered < spanLength(segment) / 2) return accept(draft, [segment.id], to, label);
  const inside = there.filter((other) => overlap(segment, other) >= spanLength(other) / 2);
  if (inside.length > 0) {
    return relabel(
      draft,
      inside.map(({ id }) => id),
      label,
      to,
    );
  }
  for (const other of there) carve(draft, other, segment);
  return accept(draft, [segment.id], to, label);
}

/** Takes a stretch out of a segment that reaches beyond it at one end or both. */
function carve(draft: Draft, segment: LabelledSegment, { start, end }: Span): void {
  if (segment.start < start) {
    if (segment.end > end) draft.add({ ...segment, start: end, note: '' });
    draft.change(segment.id, { end: start });
  } else {
    draft.change(segment.id, { start: end });
  }
}

function overlap(one: Span, other: Span): number {
  return Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));
}
