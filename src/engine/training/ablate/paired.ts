import { mean, probit, sampleVariance } from 'simple-statistics';

/** How much more one recipe gives than another on the same folds and seeds. */
export interface PairedDifference {
  readonly mean: number;
  /** 95 %. */
  readonly interval: readonly [low: number, high: number];
  readonly pairs: number;
}

/**
 * The mean of differences between runs of the same fold and seed. Folds share most of their training
 * speakers, so the runs are not independent and a plain t interval is far too narrow; the variance is
 * corrected for it as Nadeau and Bengio (2003) do for repeated cross-validation.
 * @param differences two or more
 */
export function pairedDifference(differences: readonly number[], folds: number): PairedDifference {
  const values = [...differences];
  const pairs = values.length;
  if (pairs < 2) throw new RangeError('one difference says nothing of its spread');
  const centre = mean(values);
  // With k folds the test side is 1 / (k - 1) of the training side.
  const variance = sampleVariance(values) * (1 / pairs + 1 / (folds - 1));
  const reach = quantileOfT(pairs - 1) * Math.sqrt(variance);
  return { mean: centre, interval: [centre - reach, centre + reach], pairs };
}

/** Of 97.5 %, by Cornish and Fisher's expansion in the degrees of freedom: within 0.01 from five on. */
function quantileOfT(freedom: number): number {
  const z = probit(0.975);
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}
