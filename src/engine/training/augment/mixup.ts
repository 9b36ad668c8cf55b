import { rowsOf, type Matrix } from '#engine/features/matrix.ts';

/** Features with the share of each label in them. */
export interface Example {
  readonly features: Matrix;
  /** Sums to 1. */
  readonly target: Float32Array;
}

/**
 * Two examples laid over each other (Zhang et al. 2018), as long as the first; a shorter second one is
 * repeated, so that the target says what is heard throughout.
 */
export function mixExamples(one: Example, other: Example, share: number): Example {
  const { columns, data } = one.features;
  const second = other.features.data;
  const mixed = new Float32Array(data.length);
  // A plain loop: this is done to every number of every example in every epoch.
  for (let index = 0, from = 0; index < data.length; index += 1, from += 1) {
    if (from === second.length) from = 0;
    mixed[index] = share * (data[index] ?? 0) + (1 - share) * (second[from] ?? 0);
  }
  const target = one.target.map(
    (value, label) => share * value + (1 - share) * (other.target[label] ?? 0),
  );
  return { features: rowsOf(mixed, columns), target };
}
