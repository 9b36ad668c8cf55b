import type { Span } from '#shared/domain/time.ts';
import { modelTier } from '#shared/domain/tier.ts';
import type { LabelledSegment } from '../database/segments.ts';
import type { Draft } from './draft.ts';
import { refusal } from './refusal.ts';

/** No edge can be moved so close to the other one that the segment could not be found again. */
const leastSeconds = 0.01;

/** @returns the id of the new segment */
export function create(
  draft: Draft,
  { tier, start, end, label }: Span & { readonly tier: string; readonly label: string },
): number {
  const { tiers } = draft.situation;
  if (tier === modelTier || !tiers.some(({ id }) => id === tier)) throw refusal('model-tier');
  const taken = draft.on(tier);
  // A drag that begins inside a segment means the room after it.
  const from = taken.find((other) => other.start <= start && other.end > start)?.end ?? start;
  const next = taken.find((other) => other.start >= from)?.start ?? draft.situation.samples;
  const to = Math.min(end, next, draft.situation.samples);
  if (from >= to) throw refusal('no-room');
  return draft.add({ tier, start: from, end: to, label });
}

/** Gives a person's segment other edges. */
export function resize(draft: Draft, segment: LabelledSegment, { start, end }: Span): void {
  const room = roomAround(draft, segment, new Set([segment.id]));
  const least = Math.ceil(leastSeconds * draft.situation.sampleRate);
  const wanted = {
    start: Math.max(start, room.start),
    end: Math.min(end, room.end),
  };
  const edges =
    start === segment.start
      ? { start: wanted.start, end: Math.min(room.end, Math.max(wanted.end, wanted.start + least)) }
      : {
          start: Math.max(room.start, Math.min(wanted.start, wanted.end - least)),
          end: wanted.end,
        };
  if (edges.start >= edges.end) throw refusal('no-room');
  draft.change(segment.id, edges);
}

/** Moves a person's segments, all by as much. */
export function move(draft: Draft, ids: readonly number[], by: number): void {
  const moving = new Set(ids);
  const segments = ids.map(draft.get);
  const rooms = segments.map((segment) => ({ segment, room: roomAround(draft, segment, moving) }));
  const least = Math.max(...rooms.map(({ segment, room }) => room.start - segment.start));
  const most = Math.min(...rooms.map(({ segment, room }) => room.end - segment.end));
  // Not even 0 may lie between them, where a file was cut shorter than its segments.
  const step = by < 0 ? Math.min(0, Math.max(by, least)) : Math.max(0, Math.min(by, most));
  for (const { id, start, end } of segments) {
    if (step !== 0) draft.change(id, { start: start + step, end: end + step });
  }
}

/** Where a segment may lie without touching those that stay, or the ends of the recording. */
function roomAround(draft: Draft, segment: LabelledSegment, moving: ReadonlySet<number>): Span {
  const staying = draft.on(segment.tier).filter(({ id }) => !moving.has(id));
  const before = staying.findLast(({ start }) => start < segment.start);
  const after = staying.find(({ start }) => start > segment.start);
  return { start: before?.end ?? 0, end: after?.start ?? draft.situation.samples };
}
