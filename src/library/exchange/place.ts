import { toSamples, type Span } from '#shared/domain/time.ts';

/** A row of a file on its way to a tier of a recording. */
export interface Row<T> {
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  readonly item: T;
}

export interface PlacedRow<T> extends Span {
  readonly item: T;
}

/** What was done with one row: the reason why it is not as the file has it, or not there at all. */
export interface Placement<T> {
  readonly row: Row<T>;
  /** Several where what is there already lies in the middle of it; none where it was rejected. */
  readonly placed: readonly PlacedRow<T>[];
  readonly changed: string | null;
  readonly rejected: string | null;
}

export interface Room {
  readonly samples: number;
  readonly sampleRate: number;
  /** What is on the tier already, in order and without overlaps: it stays as it is. */
  readonly taken: readonly Span[];
}

/** As long as a point in time becomes, and as short as a piece of a row may be. */
const leastSeconds = 0.01;

const reasons = {
  beyond: 'it begins after the recording has ended',
  covered: 'another segment of the tier is there already',
  cutAtEnd: 'it was cut at the end of the recording',
  cutAtOthers: 'it was cut where another segment of the tier is',
  lengthened: 'a point in time became a segment of 10 ms',
} as const;

/**
 * Finds the places of rows on a tier, whose segments do not overlap. Samples are the nearest to the times. What is
 * on the tier already stays, and of rows that overlap the one that begins first does; the others fill the
 * gaps.
 */
export function placeRows<T>(rows: readonly Row<T>[], room: Room): readonly Placement<T>[] {
  const least = Math.ceil(leastSeconds * room.sampleRate);
  const gapsOf = createGaps(room.taken);
  return rows
    .map((row) => ({ row, ...fit(row, room, least) }))
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map(({ row, start, end, changed }): Placement<T> => {
      if (start >= end) return { row, placed: [], changed: null, rejected: reasons.beyond };
      const gaps = gapsOf({ start, end });
      const isWhole = gaps[0]?.start === start && gaps[0].end === end;
      const placed = gaps
        .filter((gap) => isWhole || gap.end - gap.start >= least)
        .map((gap) => ({ ...gap, item: row.item }));
      if (placed.length === 0) return { row, placed, changed: null, rejected: reasons.covered };
      return { row, placed, changed: isWhole ? changed : reasons.cutAtOthers, rejected: null };
    });
}

/** Where a row lies in the recording; `start >= end` where it does not. */
function fit(
  row: Span,
  { samples, sampleRate }: Room,
  least: number,
): Span & { readonly changed: string | null } {
  const start = toSamples(row.start, sampleRate);
  const end = toSamples(row.end, sampleRate);
  if (start === end && start <= samples) {
    const from = Math.max(0, Math.min(start, samples - least));
    return { start: from, end: Math.min(samples, from + least), changed: reasons.lengthened };
  }
  return { start, end: Math.min(end, samples), changed: end > samples ? reasons.cutAtEnd : null };
}

/** Gives what is free of spans that are asked for in the order of their start, each free but once. */
function createGaps(taken: readonly Span[]): (span: Span) => readonly Span[] {
  let next = 0;
  let given = 0;
  return ({ start, end }) => {
    let from = Math.max(start, given);
    while ((taken[next]?.end ?? Infinity) <= from) next += 1;
    const gaps: Span[] = [];
    for (let at = next; from < end; at += 1) {
      const other = taken[at];
      const to = Math.min(end, other?.start ?? end);
      if (to > from) gaps.push({ start: from, end: to });
      from = Math.max(from, Math.min(end, other?.end ?? end), to);
    }
    given = Math.max(given, end);
    return gaps;
  };
}
