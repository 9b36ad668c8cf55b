import { firstEndingAfter } from '#shared/domain/row.ts';
import type { Segment } from '#shared/domain/segment.ts';
import type { Edge } from './edges.ts';

/** What lies under the pointer on a row. */
export type Hit =
  | { readonly kind: 'gap' }
  | { readonly kind: 'body'; readonly segment: Segment }
  | { readonly kind: 'edge'; readonly segment: Segment; readonly edge: Edge };

/**
 * Finds what is at a sample. An edge is taken from `reach` samples on either side, except by the neighbour
 * that begins there; of a small segment the middle third is never its edge.
 */
export function hitAt(row: readonly Segment[], sample: number, reach: number): Hit {
  const at = firstEndingAfter(row, sample);
  const [before, here] = [row[at - 1], row[at]];
  if (!here || here.start > sample) {
    const ended = before ? sample - before.end : Infinity;
    const begins = here ? here.start - sample : Infinity;
    if (here && begins <= reach && begins <= ended) {
      return { kind: 'edge', segment: here, edge: 'start' };
    }
    return before && ended <= reach
      ? { kind: 'edge', segment: before, edge: 'end' }
      : { kind: 'gap' };
  }
  const within = Math.min(reach, (here.end - here.start) / 3);
  if (sample - here.start < within) return { kind: 'edge', segment: here, edge: 'start' };
  if (here.end - sample < within) return { kind: 'edge', segment: here, edge: 'end' };
  return { kind: 'body', segment: here };
}

/** The segments of a row that a stretch touches. */
export function touched(row: readonly Segment[], from: number, to: number): readonly Segment[] {
  const [start, end] = [Math.min(from, to), Math.max(from, to)];
  return row.filter((segment) => segment.end > start && segment.start < end);
}
