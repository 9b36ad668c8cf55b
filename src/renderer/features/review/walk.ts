import type { ReviewItem } from '#shared/domain/review.ts';

/** The next open one after a segment, from the beginning again at the end; not itself. */
export function nextOpen(
  items: readonly ReviewItem[],
  segmentId: number | null,
): ReviewItem | undefined {
  const at = items.findIndex((item) => item.segmentId === segmentId);
  const others = [...items.slice(at + 1), ...items.slice(0, Math.max(0, at))];
  return others.find(({ done }) => !done);
}

/** What an undo has taken back: was done, and is open again. */
export function reopened(
  now: readonly ReviewItem[],
  before: readonly ReviewItem[],
): ReviewItem | undefined {
  const done = new Set(before.flatMap((item) => (item.done ? item.segmentId : [])));
  return now.find((item) => !item.done && done.has(item.segmentId));
}
