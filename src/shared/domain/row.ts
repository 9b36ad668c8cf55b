import { spanLength, type Span } from './time.ts';

/** What lies on one tier of a recording: in order of the start, none overlapping. */
export type Row<T extends Span = Span> = readonly T[];

/** Halving search in a row: the place of the first segment that ends after a sample. */
export function firstEndingAfter(row: Row, sample: number): number {
  let low = 0;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((row[middle]?.end ?? Infinity) > sample) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether a row has more than half of a span already. */
export function isCovered(row: Row, span: Span): boolean {
  let held = 0;
  for (let index = firstEndingAfter(row, span.start); ; index += 1) {
    const segment = row[index];
    if (!segment || segment.start >= span.end) break;
    held += Math.min(segment.end, span.end) - Math.max(segment.start, span.start);
  }
  return held * 2 > spanLength(span);
}
