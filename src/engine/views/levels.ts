import { levelStep } from '#shared/domain/views.ts';

/** From 10 ms a column to 10 s: two hours then fit on a screen. */
export const levelCount = 6;

/** Columns as they come, and means of four, of four of those, and so on. */
export interface Levels {
  readonly add: (column: Uint8Array) => void;
  /** Says that there are no more: what is left makes a last column of each level. */
  readonly finish: () => void;
  /** What has come of a level since it was last taken, column after column. */
  readonly take: (level: number) => Uint8Array;
  /** Columns of each level so far. */
  readonly counts: () => readonly number[];
}

export function createLevels(rows: number): Levels {
  const levels = Array.from({ length: levelCount }, () => createLevel(rows));

  function add(level: number, column: Uint8Array): void {
    const here = levels[level];
    if (!here) return;
    here.push(column);
    const mean = here.gather(column);
    if (mean) add(level + 1, mean);
  }

  return {
    add: (column) => {
      add(0, column);
    },
    finish: () => {
      for (const [level, here] of levels.entries()) {
        const rest = here.rest();
        if (rest) add(level + 1, rest);
      }
    },
    take: (level) => levels[level]?.take() ?? new Uint8Array(),
    counts: () => levels.map(({ count }) => count()),
  };
}

interface Level {
  readonly push: (column: Uint8Array) => void;
  /** Adds to the mean; gives it when it is of as many as it takes. */
  readonly gather: (column: Uint8Array) => Uint8Array | null;
  /** The mean of fewer; null where none wait. */
  readonly rest: () => Uint8Array | null;
  readonly take: () => Uint8Array;
  readonly count: () => number;
}

function createLevel(rows: number): Level {
  const sums = new Uint32Array(rows);
  let gathered = 0;
  let held = new Uint8Array(rows * 64);
  let length = 0;
  let count = 0;

  function rest(): Uint8Array | null {
    if (gathered === 0) return null;
    const mean = Uint8Array.from(sums, (sum) => Math.round(sum / gathered));
    sums.fill(0);
    gathered = 0;
    return mean;
  }

  return {
    push: (column) => {
      if (length === held.length) {
        const larger = new Uint8Array(2 * length);
        larger.set(held);
        held = larger;
      }
      held.set(column, length);
      length += rows;
      count += 1;
    },
    gather: (column) => {
      for (let row = 0; row < rows; row += 1) sums[row] = (sums[row] ?? 0) + (column[row] ?? 0);
      gathered += 1;
      return gathered === levelStep ? rest() : null;
    },
    rest,
    take: () => {
      const taken = held.slice(0, length);
      length = 0;
      return taken;
    },
    count: () => count,
  };
}
