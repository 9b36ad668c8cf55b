/**
 * 95 % interval of a mean: as it comes out when as many values are drawn again from those that there are.
 *
 * @param uniform numbers in `[0, 1)`
 */
export function bootstrapMean(
  values: readonly number[],
  uniform: () => number,
  rounds = 1000,
): readonly [number, number] {
  const drawn = (): number => values[Math.floor(uniform() * values.length)] ?? 0;
  const means = Array.from(
    { length: rounds },
    () => values.reduce((total) => total + drawn(), 0) / values.length,
  ).sort((a, b) => a - b);
  return [means[Math.floor(rounds * 0.025)] ?? 0, means[Math.floor(rounds * 0.975)] ?? 0];
}
