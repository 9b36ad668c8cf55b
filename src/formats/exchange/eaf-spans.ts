import type { Checker } from '../annotation/check.ts';
import { exactOr } from './eaf-times.ts';

/** An annotation with time slots of its own, or one that refers to another annotation. */
export interface EafAnnotation {
  readonly id: string;
  readonly line: number;
  readonly label: string;
  readonly times:
    | { readonly kind: 'slots'; readonly from: string; readonly to: string }
    | { readonly kind: 'reference'; readonly to: string };
}

export interface EafTier {
  readonly name: string;
  readonly annotator: string;
  readonly annotations: EafAnnotation[];
}

type Times = readonly [start: number, end: number];

export interface EafSpans {
  /**
   * Seconds; null where it has none, which has been noted.
   * @param exact finer times of some annotations
   */
  readonly timesOf: (annotation: EafAnnotation, exact: ReadonlyMap<string, Times>) => Times | null;
  /** How many have no times of their own. */
  readonly shared: number;
}

/** Deeper than any tier of anybody depends on others. */
const maxDepth = 64;

/** An annotation with its place among those of its tier that refer to the same one. */
interface Placed {
  readonly annotation: EafAnnotation;
  readonly index: number;
  readonly siblings: { count: number };
}

/**
 * Finds the times of all annotations. Those that refer to another share its time evenly, as ELAN draws them. What
 * refers to what is not there, or to itself, is noted and has no times.
 */
export function resolveSpans(
  tiers: readonly EafTier[],
  slots: ReadonlyMap<string, number>,
  checker: Checker,
): EafSpans {
  const placed = place(tiers, checker);
  const known = new Map<string, Times | null>();
  const find = (id: string, depth: number): Times | null => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const own = placed.get(id);
    if (own === undefined || depth > maxDepth) return null;
    const { times } = own.annotation;
    const whole = times.kind === 'slots' ? slotTimes(times, slots) : find(times.to, depth + 1);
    const resolved =
      whole && times.kind === 'reference' ? share(whole, own.index, own.siblings.count) : whole;
    known.set(id, resolved);
    return resolved;
  };
  for (const { annotation } of placed.values()) {
    if (find(annotation.id, 0) === null) noteTimeless(annotation, slots, placed, checker);
  }
  const all = [...placed.values()];
  return {
    shared: all.filter(({ annotation: { times } }) => times.kind === 'reference').length,
    timesOf: (annotation, exact) => {
      // Of twins the first counts; the other has been noted.
      const isFirst = placed.get(annotation.id)?.annotation === annotation;
      const times = isFirst ? (known.get(annotation.id) ?? null) : null;
      return times && exactOr(times, exact.get(annotation.id));
    },
  };
}

function place(tiers: readonly EafTier[], checker: Checker): ReadonlyMap<string, Placed> {
  const placed = new Map<string, Placed>();
  for (const { annotations } of tiers) {
    const families = new Map<string, { count: number }>();
    for (const annotation of annotations) {
      const { id, line, times } = annotation;
      if (placed.has(id)) {
        checker.note(`line ${line}`, 'an annotation with this id is there twice', id);
        continue;
      }
      const parent = times.kind === 'reference' ? times.to : id;
      const siblings = families.get(parent) ?? { count: 0 };
      families.set(parent, siblings);
      placed.set(id, { annotation, index: siblings.count, siblings });
      siblings.count += 1;
    }
  }
  return placed;
}

function noteTimeless(
  { line, times }: EafAnnotation,
  slots: ReadonlyMap<string, number>,
  placed: ReadonlyMap<string, Placed>,
  checker: Checker,
): void {
  const where = `line ${line}`;
  if (times.kind === 'slots') {
    const slot = slots.has(times.from) ? times.to : times.from;
    checker.note(where, 'it has a time slot that is not there', slot);
  } else if (placed.has(times.to)) {
    checker.note(where, 'what it refers to has no time, or refers to it without end', times.to);
  } else {
    checker.note(where, 'it refers to an annotation that is not there', times.to);
  }
}

/** Null where a slot is not there; NaN where its time is none. */
function slotTimes(
  { from, to }: { readonly from: string; readonly to: string },
  slots: ReadonlyMap<string, number>,
): Times | null {
  const [start, end] = [slots.get(from), slots.get(to)];
  return start === undefined || end === undefined ? null : [start, end];
}

function share([start, end]: Times, index: number, count: number): Times {
  const part = (end - start) / count;
  return [start + part * index, start + part * (index + 1)];
}
