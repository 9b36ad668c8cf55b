import type { Span } from '../time.ts';

/** What one annotator says about a stretch of a recording, in seconds. */
export interface LabelledSpan extends Span {
  readonly label: string;
}

/** One recording as several annotators hear it; they are in the same order in every recording. */
export interface RatedRecording {
  readonly name: string;
  readonly annotators: readonly (readonly LabelledSpan[])[];
}

/** A stretch in which at least two annotators say different things. */
export interface Difference extends Span {
  readonly recording: string;
  /** By annotator; null where one says nothing. */
  readonly labels: readonly (string | null)[];
}

/** In order and without overlaps: where labels of one annotator overlap, the one that began last counts. */
export function flatten(spans: readonly LabelledSpan[]): readonly LabelledSpan[] {
  const flat: LabelledSpan[] = [];
  const open: LabelledSpan[] = [];
  let at = 0;
  const advance = (time: number): void => {
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const end = Math.min(top.end, time);
      if (end > at) flat.push({ start: at, end, label: top.label });
      at = Math.max(at, end);
      if (top.end > time) break;
      open.pop();
    }
    at = time;
  };
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    advance(span.start);
    open.push(span);
  }
  advance(Number.POSITIVE_INFINITY);
  return flat;
}

/** Walks along flattened spans; times must be asked for in order. */
export function labelFinder(flat: readonly LabelledSpan[]): (time: number) => string | null {
  let next = 0;
  return (time) => {
    for (let span = flat[next]; span !== undefined && span.end <= time; span = flat[next]) {
      next += 1;
    }
    const span = flat[next];
    return span !== undefined && span.start <= time ? span.label : null;
  };
}

/** Every stretch in which annotators differ, to the sample; what one leaves unlabelled is no difference. */
export function findDifferences({ name, annotators }: RatedRecording): readonly Difference[] {
  const flat = annotators.map(flatten);
  const finders = flat.map(labelFinder);
  const times = [...new Set(flat.flat().flatMap(({ start, end }) => [start, end]))].sort(
    (a, b) => a - b,
  );
  const found: Difference[] = [];
  for (const [index, start] of times.slice(0, -1).entries()) {
    const end = times[index + 1] ?? start;
    const labels = finders.map((find) => find(start));
    const said = new Set(labels.filter((label) => label !== null));
    if (said.size < 2) continue;
    const before = found.at(-1);
    const goesOn = before?.end === start && labels.every((label, a) => label === before.labels[a]);
    if (goesOn) found[found.length - 1] = { ...before, end };
    else found.push({ recording: name, start, end, labels });
  }
  return found;
}
