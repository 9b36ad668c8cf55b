import type { AnnotationAct } from '#shared/domain/annotation-act.ts';

/** Whose segments are worked on. */
export const annotator = 'annotator-1';

/**
 * The next act of somebody who does a bit of everything. Acts that have no effect, or no room, are as good as
 * others.
 *
 * @param own ids of the segments that the annotator has, in order
 */
export function chooseAct(count: number, own: readonly number[]): AnnotationAct {
  const to = annotator;
  const [first, second] = own;
  if (first === undefined) return { kind: 'accept', ids: null, to };
  switch (count % 6) {
    case 0:
      return { kind: 'relabel', ids: own, label: `label ${count}`, to };
    case 1:
      return { kind: 'note', id: first, note: `note ${count}`, to };
    case 2:
      return { kind: 'move', ids: [first], by: count % 4 === 0 ? 40 : -40, to };
    case 3:
      return { kind: 'resize', id: first, start: 10 + (count % 7), end: 500 + count, to };
    case 4:
      return second === undefined
        ? { kind: 'accept', ids: null, to }
        : { kind: 'delete', ids: [second] };
    default:
      return { kind: 'create', tier: to, start: 1400, end: 1500 + (count % 400), label: 'calm' };
  }
}
