import { spanLength } from '#shared/domain/time.ts';
import type { LabelledSegment } from '../database/segments.ts';
import type { Draft } from './draft.ts';
import { refusal } from './refusal.ts';

/** Splits a person's segment in two. @returns the ids of both */
export function split(draft: Draft, segment: LabelledSegment, at: number): readonly number[] {
  if (at <= segment.start || at >= segment.end) throw refusal('not-inside');
  draft.change(segment.id, { end: at });
  return [segment.id, draft.add({ ...segment, start: at, note: '' })];
}

/** Makes one of several segments of a person. @returns the id of the first one, which it goes on with */
export function merge(draft: Draft, ids: readonly number[]): number {
  const segments = ids.map(draft.get).sort((one, other) => one.start - other.start);
  const [first, second] = segments;
  if (!first || !second) throw refusal('only-one');
  if (segments.some(({ tier }) => tier !== first.tier)) throw refusal('several-tiers');
  const end = Math.max(...segments.map((segment) => segment.end));
  const within = draft.on(first.tier).filter((other) => {
    return other.start >= first.start && other.start < end;
  });
  if (within.length > segments.length) throw refusal('not-adjacent');
  for (const { id } of segments.slice(1)) draft.remove(id);
  const note = segments.flatMap((segment) => segment.note || []).join('\n');
  draft.change(first.id, { end, note, label: commonestLabel(segments), ...opinionOf(segments) });
  return first.id;
}

function commonestLabel(segments: readonly LabelledSegment[]): string {
  const lengths = new Map<string, number>();
  for (const segment of segments) {
    lengths.set(segment.label, (lengths.get(segment.label) ?? 0) + spanLength(segment));
  }
  return [...lengths].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/** What the model said of all of it: the mean over time, where one model spoke of every part. */
function opinionOf(
  segments: readonly LabelledSegment[],
): Pick<LabelledSegment, 'model' | 'probabilities' | 'labels'> {
  const [first] = segments;
  const isShared = segments.every(
    ({ model, labels, probabilities }) =>
      model === first?.model &&
      probabilities.length === first.probabilities.length &&
      labels.every((label, index) => label === first.labels[index]),
  );
  if (!first || !isShared) return { model: '', probabilities: [], labels: [] };
  const total = segments.reduce((sum, segment) => sum + spanLength(segment), 0);
  const probabilities = first.probabilities.map((_, index) =>
    segments.reduce(
      (sum, segment) => sum + (segment.probabilities[index] ?? 0) * (spanLength(segment) / total),
      0,
    ),
  );
  return { model: first.model, probabilities, labels: first.labels };
}
