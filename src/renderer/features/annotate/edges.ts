import { firstEndingAfter } from '#shared/domain/row.ts';
import type { Segment } from '#shared/domain/segment.ts';
import { spanLength, type Span } from '#shared/domain/time.ts';

export type Edge = 'start' | 'end';

/** Shorter than this nobody hears anything; edges stop here, in seconds. */
export const leastSeconds = 0.02;

/** The free stretch of a row around a sample; null where a segment lies there. */
export function gapAround(row: readonly Segment[], sample: number, total: number): Span | null {
  const at = firstEndingAfter(row, sample);
  const [before, after] = [row[at - 1], row[at]];
  if (after && after.start <= sample) return null;
  return { start: before?.end ?? 0, end: after?.start ?? total };
}

/** A new segment that is being drawn from one sample to another, kept within its gap. */
export function drawn(gap: Span, from: number, to: number): Span {
  const [a, b] = [within(gap, from), within(gap, to)];
  return { start: Math.min(a, b), end: Math.max(a, b) };
}

/** A segment with one edge elsewhere: up to its neighbour, and never shorter than `least` samples. */
export function withEdge(
  row: readonly Segment[],
  segment: Segment,
  edge: Edge,
  sample: number,
  { total, least }: { readonly total: number; readonly least: number },
): Span {
  const at = row.findIndex(({ id }) => id === segment.id);
  const { start, end } = segment;
  // One that is shorter already must not jump.
  const length = Math.min(least, end - start);
  if (edge === 'start') {
    const bounds = { start: row[at - 1]?.end ?? 0, end: end - length };
    return { start: within(bounds, sample), end };
  }
  const bounds = { start: start + length, end: row[at + 1]?.start ?? total };
  return { start, end: within(bounds, sample) };
}

/** How far segments of a row can be moved together: by as much as wanted, or until one of them stops. */
export function movedBy(
  row: readonly Segment[],
  ids: ReadonlySet<number>,
  wanted: number,
  total: number,
): number {
  let [least, most] = [-Infinity, Infinity];
  for (const [at, segment] of row.entries()) {
    if (!ids.has(segment.id)) continue;
    const [before, after] = [row[at - 1], row[at + 1]];
    if (!before || !ids.has(before.id)) least = Math.max(least, (before?.end ?? 0) - segment.start);
    if (!after || !ids.has(after.id)) most = Math.min(most, (after?.start ?? total) - segment.end);
  }
  return Math.min(Math.max(wanted, least), most);
}

/** Whether a split there leaves two parts that one can hear. */
export function canSplit(segment: Span, sample: number, least: number): boolean {
  return sample - segment.start >= least && segment.end - sample >= least;
}

/** Where a new segment of `length` around the cursor fits into a row; null where one lies there already. */
export function roomAt(
  row: readonly Segment[],
  cursor: number,
  length: number,
  total: number,
): Span | null {
  const gap = gapAround(row, cursor, total);
  if (!gap) return null;
  const start = Math.min(cursor, Math.max(gap.start, gap.end - length));
  const span = { start, end: Math.min(gap.end, start + length) };
  return spanLength(span) > 0 ? span : null;
}

function within({ start, end }: Span, sample: number): number {
  return Math.round(Math.min(Math.max(sample, start), Math.max(start, end)));
}
