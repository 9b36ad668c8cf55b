import type { ImportReport } from '#shared/contract/exchange.ts';
import { countProblems, type RowProblem } from '#shared/domain/row-problems.ts';

type Counted = Omit<ImportReport, 'recordings' | 'newTiers' | 'newLabels'>;

/** Counts what becomes of every row of an import; nothing is dropped without a reason. */
export interface Tally {
  readonly accepted: () => void;
  readonly changed: (reason: string, place: string) => void;
  readonly rejected: (reason: string, place: string) => void;
  /** `accepted + clamped + rejected` is `rows`. */
  readonly report: () => Counted;
}

/** @param unread what was rejected before, when the files were read */
export function createTally(unread: readonly RowProblem[]): Tally {
  const changes = countProblems();
  const problems = countProblems();
  const before = unread.reduce((sum, { rows }) => sum + rows, 0);
  let accepted = 0;
  return {
    accepted: () => {
      accepted += 1;
    },
    changed: changes.add,
    rejected: problems.add,
    report: () => {
      const clamped = changes.count();
      const rejected = before + problems.count();
      return {
        rows: accepted + clamped + rejected,
        accepted,
        clamped,
        rejected,
        changes: changes.list(),
        problems: [...unread, ...problems.list()],
      };
    },
  };
}
