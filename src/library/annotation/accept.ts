import { isEmotion } from '#shared/domain/label.ts';
import { modelTier } from '#shared/domain/tier.ts';
import { spanLength, type Span } from '#shared/domain/time.ts';
import type { LabelledSegment } from '../database/segments.ts';
import type { Draft } from './draft.ts';
import { refusal } from './refusal.ts';

/**
 * A rest of a model's segment that is shorter is not accepted: it comes of an edge that a person has moved,
 * and means nothing.
 */
const leastRestSeconds = 0.1;

/** Segments of the model that say an emotion: `unsure` and `no speech` are only accepted by name. */
export function sureOf(draft: Draft): readonly number[] {
  return draft
    .on(modelTier)
    .filter(({ label }) => isEmotion(label))
    .map(({ id }) => id);
}

/**
 * Copies segments of the model onto a person's tier, where that has none yet. A person's segments stay as
 * they are.
 *
 * @param label in place of each one's own
 * @returns ids of the copies, in the order of the ids given; several, or none, of one that is covered in part
 */
export function accept(
  draft: Draft,
  ids: readonly number[],
  to: string,
  label?: string,
): readonly number[] {
  assertAnnotator(draft, to);
  const least = leastRestSeconds * draft.situation.sampleRate;
  const taken = draft.on(to);
  return ids.map(draft.get).flatMap((segment) => {
    if (segment.tier !== modelTier) return [segment.id];
    return gapsWithin(segment, taken)
      .filter((gap) => spanLength(gap) === spanLength(segment) || spanLength(gap) >= least)
      .map((gap) =>
        draft.add(copyOf(segment, { ...gap, tier: to, label: label ?? segment.label })),
      );
  });
}

/**
 * The person's segments that an act is to change: those named, and in place of the model's what was accepted
 * of them.
 */
export function owned(draft: Draft, ids: readonly number[], to: string): readonly number[] {
  return [...new Set(ids)].flatMap((id) => {
    if (draft.get(id).tier !== modelTier) return [id];
    const accepted = accept(draft, [id], to);
    if (accepted.length === 0) throw refusal('labelled-already');
    return accepted;
  });
}

/** As {@link owned}, of an act that changes one segment. */
export function ownedOne(draft: Draft, id: number, to: string): LabelledSegment {
  const [own, ...more] = owned(draft, [id], to);
  if (own === undefined || more.length > 0) throw refusal('labelled-already');
  return draft.get(own);
}

/** @throws UndertoneError `edit-refused` */
export function assertAnnotator({ situation }: Draft, tier: string): void {
  const found = situation.tiers.find(({ id }) => id === tier);
  if (found?.kind !== 'annotator') throw refusal('not-an-annotator');
}

/** What the model said of it stays with the copy, to be compared with what the person says. */
function copyOf(
  { model, probabilities, labels }: LabelledSegment,
  where: Span & { readonly tier: string; readonly label: string },
): Parameters<Draft['add']>[0] {
  return { ...where, model, probabilities, labels };
}

/** The parts of a span that none of the others covers. */
function gapsWithin(span: Span, others: readonly Span[]): readonly Span[] {
  const gaps: Span[] = [];
  let { start } = span;
  for (const other of others) {
    if (other.end <= start || other.start >= span.end) continue;
    if (other.start > start) gaps.push({ start, end: other.start });
    start = other.end;
  }
  if (start < span.end) gaps.push({ start, end: span.end });
  return gaps;
}
