import { z } from 'zod';
import type { AnnotationItem } from '../annotation/document.ts';

/** ELAN's property that keeps the exact times of our own files: ELAN itself counts whole milliseconds. */
export const exactTimesProperty = 'undertone.times';

type Times = readonly [start: number, end: number];

const exactTimes = z.record(z.string(), z.tuple([z.number(), z.number()]).readonly());

/** The whole milliseconds that an item takes in ELAN, where nothing is shorter than one. */
export function toMilliseconds({ start, end }: Pick<AnnotationItem, 'start' | 'end'>): Times {
  const from = Math.round(start * 1000);
  return [from, Math.max(from + 1, Math.round(end * 1000))];
}

/** Whether whole milliseconds say all about the times of an item. */
export function isWholeMilliseconds(item: Pick<AnnotationItem, 'start' | 'end'>): boolean {
  const [from, to] = toMilliseconds(item);
  return from / 1000 === item.start && to / 1000 === item.end;
}

/** The property's text; empty where no time needs it. */
export function formatExactTimes(items: ReadonlyMap<string, AnnotationItem>): string {
  const entries = [...items].filter(([, item]) => !isWholeMilliseconds(item));
  const times = entries.map(([id, { start, end }]) => [id, [start, end]] as const);
  return times.length > 0 ? JSON.stringify(Object.fromEntries(times)) : '';
}

/** By id of annotation; none where the text is not ours. */
export function parseExactTimes(text: string): ReadonlyMap<string, Times> {
  try {
    const { data } = exactTimes.safeParse(JSON.parse(text));
    return new Map(Object.entries(data ?? {}));
  } catch (error) {
    // Times in milliseconds are what every ELAN file has; these only make them finer.
    if (error instanceof SyntaxError) return new Map();
    throw error;
  }
}

/** The exact times of an annotation, unless somebody has moved it in ELAN since. */
export function exactOr(milliseconds: Times, exact: Times | undefined): Times {
  const [from, to] = milliseconds;
  if (exact !== undefined) {
    const [start, end] = exact;
    const [exactFrom, exactTo] = toMilliseconds({ start, end });
    if (from === exactFrom && to === exactTo) return exact;
  }
  return [from / 1000, to / 1000];
}

/** Times of slots in their order; ELAN lets slots without one lie evenly between their neighbours. */
export function fillTimes(slots: ReadonlyMap<string, number | null>): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  let last = 0;
  let unset: string[] = [];
  for (const [id, value] of slots) {
    if (value === null) {
      unset.push(id);
      continue;
    }
    times.set(id, value);
    // What is no time says nothing of its neighbours.
    if (Number.isNaN(value)) continue;
    for (const [index, name] of unset.entries()) {
      times.set(name, last + ((value - last) * (index + 1)) / (unset.length + 1));
    }
    last = value;
    unset = [];
  }
  for (const name of unset) times.set(name, last);
  return times;
}
