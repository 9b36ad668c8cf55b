import { noSpeech } from '#shared/domain/label.ts';
import type { Segment } from '#shared/domain/segment.ts';
import type { Span } from '#shared/domain/time.ts';

/** Where edges like to be, in samples: in order, each once. */
export type Magnets = Float64Array;

export interface MagnetSources {
  /** The model's row, whose edges beside `no speech` are those of voice activity. */
  readonly model: readonly Segment[];
  /** The row that is worked on. */
  readonly row: readonly Segment[];
  /** Segments that move along and so hold nothing. */
  readonly moving: ReadonlySet<number>;
  /** The playhead, a marked stretch, the ends of the recording. */
  readonly others: readonly number[];
}

export function magnets({ model, row, moving, others }: MagnetSources): Magnets {
  const still = row.filter(({ id }) => !moving.has(id));
  const all = [
    ...speechEdges(model),
    ...still.flatMap(({ start, end }) => [start, end]),
    ...others.map(Math.round),
  ];
  return Float64Array.from(new Set(all)).sort();
}

/** Where speech begins and ends, as far as the model's segments tell. */
export function speechEdges(model: readonly Segment[]): readonly number[] {
  return model.flatMap(({ label, start, end }, at) => {
    if (label === noSpeech) return [];
    const edges: number[] = [];
    const [before, after] = [model[at - 1], model[at + 1]];
    if (before?.label === noSpeech || before?.end !== start) edges.push(start);
    if (after?.label === noSpeech || after?.start !== end) edges.push(end);
    return edges;
  });
}

/** The magnet nearest to a sample, if one is within reach; otherwise the sample itself. */
export function snap(sample: number, to: Magnets, reach: number): number {
  const after = firstNotBefore(to, sample);
  const [left, right] = [to[after - 1] ?? -Infinity, to[after] ?? Infinity];
  const nearest = sample - left <= right - sample ? left : right;
  return Math.abs(nearest - sample) <= reach ? nearest : sample;
}

/** By how much to move a span so that one of its edges snaps: the one that is nearer to its magnet. */
export function snapMove({ start, end }: Span, by: number, to: Magnets, reach: number): number {
  const [first, last] = [start, end].map((edge) => snap(edge + by, to, reach) - edge);
  const [byStart = by, byEnd = by] = [first, last];
  if (byStart === by) return byEnd;
  if (byEnd === by) return byStart;
  return Math.abs(byStart - by) <= Math.abs(byEnd - by) ? byStart : byEnd;
}

function firstNotBefore(values: Magnets, wanted: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? Infinity) >= wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}
