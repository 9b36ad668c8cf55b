/**
 * The probabilities that logits stand for. Divided by a temperature above 1 they are less sure of
 * themselves (Guo et al. 2017); the likeliest label stays the same.
 */
export function softmax(logits: Float32Array, temperature = 1): Float32Array {
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - highest) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Logits of examples that were not trained on, and the index of the right label of each. */
export interface HeldOut {
  readonly logits: readonly Float32Array[];
  readonly labels: readonly number[];
}

/** Mean of -log p(right label), in nats. */
export function negativeLogLikelihood({ logits, labels }: HeldOut, temperature: number): number {
  const losses = logits.map((row, index) => {
    const highest = Math.max(...row);
    const sum = row.reduce((total, x) => total + Math.exp((x - highest) / temperature), 0);
    const right = row[labels[index] ?? -1];
    if (right === undefined) throw new Error(`example ${index} has no label`);
    return Math.log(sum) - (right - highest) / temperature;
  });
  return mean(losses);
}

const coldest = 0.05;
const hottest = 20;

/**
 * The temperature between 0.05 and 20 with the lowest negative log-likelihood. The likelihood is convex in
 * 1 / T, so a golden-section search over log T finds the one minimum, to four digits.
 */
export function fitTemperature(heldOut: HeldOut): number {
  if (heldOut.logits.length === 0) throw new Error('a temperature needs examples to be fitted on');
  const golden = (Math.sqrt(5) - 1) / 2;
  const loss = (logT: number): number => negativeLogLikelihood(heldOut, Math.exp(logT));
  let low = Math.log(coldest);
  let high = Math.log(hottest);
  while (high - low > 1e-4) {
    const left = high - golden * (high - low);
    const right = low + golden * (high - low);
    if (loss(left) < loss(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
