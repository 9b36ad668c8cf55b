import { z } from 'zod';

/** Rows of a file that have the same thing wrong with them. */
export const rowProblem = z.object({
  /** As a part of a sentence: "it ends before it starts". */
  reason: z.string(),
  rows: z.number().int().positive(),
  /** Where the first of them are, like "line 12". */
  places: z.array(z.string()).readonly(),
});
export type RowProblem = Readonly<z.infer<typeof rowProblem>>;

/** Counts what is wrong with rows, in the order in which reasons come up. */
export interface RowProblems {
  readonly add: (reason: string, place: string) => void;
  readonly count: () => number;
  readonly list: () => readonly RowProblem[];
}

const namedPlaces = 5;

export function countProblems(): RowProblems {
  const found = new Map<string, { rows: number; readonly places: string[] }>();
  let all = 0;
  return {
    add: (reason, place) => {
      const known = found.get(reason) ?? { rows: 0, places: [] };
      known.rows += 1;
      if (known.places.length < namedPlaces) known.places.push(place);
      found.set(reason, known);
      all += 1;
    },
    count: () => all,
    list: () => Array.from(found, ([reason, { rows, places }]) => ({ reason, rows, places })),
  };
}
