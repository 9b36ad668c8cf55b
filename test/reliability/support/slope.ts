/**
 * How fast a measured value grows, by least squares over the last 70 % of what was measured: what comes before is
 * warming up.
 *
 * @returns growth from one measurement to the next
 */
export function slopeAfterWarmUp(values: readonly number[]): number {
  const last = values.slice(Math.floor(values.length * 0.3));
  const [meanAt, mean] = [
    (last.length - 1) / 2,
    last.reduce((sum, each) => sum + each, 0) / last.length,
  ];
  let [both, square] = [0, 0];
  for (const [at, value] of last.entries()) {
    both += (at - meanAt) * (value - mean);
    square += (at - meanAt) ** 2;
  }
  return both / (square || 1);
}
