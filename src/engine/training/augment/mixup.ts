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
  const mixed = data.map(
    (value, index) => share * value + (1 - share) * (second[index % second.length] ?? 0),
  );
  const target = one.target.map(
    (value, label) => share * value + (1 - share) * (other.target[label] ?? 0),
  );
  return { features: rowsOf(mixed, columns), target };
}
