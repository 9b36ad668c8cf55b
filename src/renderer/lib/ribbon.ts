import type { Segment } from '#shared/domain/segment.ts';

/** A stretch of equal labels among equal columns. */
export interface RibbonRun {
  readonly label: string;
  readonly start: number;
  readonly length: number;
}

/** Joins equal neighbours, so that a ribbon is a handful of shapes and shows no seams. */
export function ribbonRuns(labels: readonly string[]): readonly RibbonRun[] {
  const runs: { label: string; start: number; length: number }[] = [];
  for (const [index, label] of labels.entries()) {
    const last = runs.at(-1);
    if (last?.label === label) last.length += 1;
    else runs.push({ label, start: index, length: 1 });
  }
  return runs;
}

/**
 * The label that holds most of each of `columns` equal parts of the samples `[start, end)`: what is left to
 * see of segments that are narrower than a pixel. Segments in order of start; empty where there is none.
 */
export function majorityLabels(
  segments: readonly Pick<Segment, 'start' | 'end' | 'label'>[],
  start: number,
  end: number,
  columns: number,
): readonly string[] {
  const size = (end - start) / columns;
  const shares = Array.from({ length: columns }, () => new Map<string, number>());
  for (const segment of segments) {
    const first = Math.max(0, Math.floor((segment.start - start) / size));
    const last = Math.min(columns - 1, Math.ceil((segment.end - start) / size) - 1);
    for (let column = first; column <= last; column += 1) {
      const left = start + column * size;
      const held = Math.min(segment.end, left + size) - Math.max(segment.start, left);
      const share = shares[column];
      share?.set(segment.label, (share.get(segment.label) ?? 0) + held);
    }
  }
  return shares.map((share) => {
    const [most] = [...share].toSorted(([, a], [, b]) => b - a);
    return most?.[0] ?? '';
  });
}
