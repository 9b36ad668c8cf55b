import type { AnnotationItem, AnnotationTier } from './document.ts';
import type { Keeps } from './keeps.ts';
import type { LossCounter } from './losses.ts';

/** Points apart from segments, where the format has them on tiers of their own. */
export function splitPoints(
  tier: AnnotationTier,
  keeps: Keeps,
  losses: LossCounter,
): readonly AnnotationTier[] {
  if (keeps.points !== 'on a tier of their own') return [tier];
  const points = tier.items.filter(isPoint);
  if (points.length === 0 || points.length === tier.items.length) return [tier];
  losses.add('ownTier', points.length);
  return [
    { ...tier, items: tier.items.filter((item) => !isPoint(item)) },
    { ...tier, name: `${tier.name} (points)`, items: points },
  ];
}

export function isPoint({ start, end }: AnnotationItem): boolean {
  return start === end;
}

/** Overlapping items apart, where the format has none: each goes to the first tier that has room for it. */
export function spreadOverlaps(
  tier: AnnotationTier,
  keeps: Keeps,
  losses: LossCounter,
): readonly AnnotationTier[] {
  if (keeps.overlaps === 'kept') return [tier];
  const lanes: { end: number; readonly items: AnnotationItem[] }[] = [];
  for (const item of tier.items) {
    const [start, end] = keeps.extent(item);
    const free = lanes.find((lane) => lane.end <= start);
    if (free) {
      free.items.push(item);
      free.end = end;
    } else {
      lanes.push({ end, items: [item] });
    }
  }
  losses.add('overlapping', tier.items.length - (lanes[0]?.items.length ?? 0));
  return [
    { ...tier, items: lanes[0]?.items ?? [] },
    ...lanes
      .slice(1)
      .map(({ items }, index) => ({ ...tier, name: `${tier.name} (${index + 2})`, items })),
  ];
}
