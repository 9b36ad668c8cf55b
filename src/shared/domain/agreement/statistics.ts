/**
 * Agreement between annotators, corrected for chance. Each statistic is a value of sums over units (stretches of
 * equal length), so that sums of parts can be added, and drawn again by a bootstrap.
 */
export interface Statistic {
  readonly size: number;
  /** @param codes what each annotator says of one unit: the index of a label, or -1 for nothing */
  readonly add: (sums: Float64Array, codes: readonly number[]) => void;
  /** 1 is perfect, 0 what chance would give; null where chance alone makes agreement certain, or there is nothing. */
  readonly value: (sums: Float64Array) => number | null;
}

/** Cohen's kappa (1960) of two annotators, over units that both labelled. */
export function cohensKappa(labels: number, first: number, second: number): Statistic {
  return {
    size: labels * labels,
    add: (sums, codes) => {
      const [a, b] = [codes[first] ?? -1, codes[second] ?? -1];
      if (a >= 0 && b >= 0) increase(sums, a * labels + b, 1);
    },
    value: (sums) => {
      const total = sums.reduce((sum, count) => sum + count, 0);
      const observed = range(labels).reduce((sum, k) => sum + at(sums, k * labels + k), 0) / total;
      const expected = range(labels).reduce((sum, k) => {
        const row = range(labels).reduce((part, j) => part + at(sums, k * labels + j), 0);
        const column = range(labels).reduce((part, j) => part + at(sums, j * labels + k), 0);
        return sum + (row / total) * (column / total);
      }, 0);
      return corrected(observed, expected);
    },
  };
}

/** Fleiss' kappa (1971) of all annotators, over units that all of them labelled. */
export function fleissKappa(labels: number, annotators: number): Statistic {
  const pairs = labels;
  const units = labels + 1;
  return {
    size: labels + 2,
    add: (sums, codes) => {
      if (codes.some((code) => code < 0)) return;
      increase(sums, units, 1);
      for (const code of codes) {
        increase(sums, code, 1);
        const same = codes.reduce((count, other) => (other === code ? count + 1 : count), 0);
        increase(sums, pairs, same - 1);
      }
    },
    value: (sums) => {
      const all = at(sums, units) * annotators;
      const observed = at(sums, pairs) / (all * (annotators - 1));
      const expected = range(labels).reduce((sum, k) => sum + (at(sums, k) / all) ** 2, 0);
      return corrected(observed, expected);
    },
  };
}

/** Krippendorff's alpha for nominal data (2011), over units that at least two annotators labelled. */
export function krippendorffsAlpha(labels: number): Statistic {
  return {
    size: labels * labels,
    add: (sums, codes) => {
      const said = codes.filter((code) => code >= 0);
      for (const [i, a] of said.entries()) {
        for (const [j, b] of said.entries()) {
          if (i !== j) increase(sums, a * labels + b, 1 / (said.length - 1));
        }
      }
    },
    value: (sums) => {
      const total = sums.reduce((sum, count) => sum + count, 0);
      const same = range(labels).reduce((sum, k) => sum + at(sums, k * labels + k), 0);
      const squares = range(labels).reduce((sum, k) => {
        const row = range(labels).reduce((part, j) => part + at(sums, k * labels + j), 0);
        return sum + row ** 2;
      }, 0);
      const expected = (total ** 2 - squares) / (total - 1);
      return expected > 0 ? 1 - (total - same) / expected : null;
    },
  };
}

function corrected(observed: number, expected: number): number | null {
  const value = (observed - expected) / (1 - expected);
  return Number.isFinite(value) ? value : null;
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}

function at(sums: Float64Array, index: number): number {
  return sums[index] ?? 0;
}

function increase(sums: Float64Array, index: number, by: number): void {
  sums[index] = at(sums, index) + by;
}
