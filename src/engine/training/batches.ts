import type { Random } from './random.ts';

/**
 * Which examples go into each batch: those of about one length together, so that little is padding, and
 * the batches in random order.
 * @param lengths rows of each example
 */
export function planBatches(
  lengths: readonly number[],
  size: number,
  random: Random,
): readonly (readonly number[])[] {
  const jittered = lengths.map((length, index) => ({
    index,
    length: length * random.between(0.85, 1.15),
  }));
  const order = jittered.toSorted((a, b) => a.length - b.length).map(({ index }) => index);
  const count = Math.ceil(order.length / size);
  // Of nearly equal sizes: a last batch of two would weigh as much as one of thirty.
  const batches = Array.from({ length: count }, (_, batch) =>
    order.slice(
      Math.floor((batch * order.length) / count),
      Math.floor(((batch + 1) * order.length) / count),
    ),
  );
  return random.shuffled(batches);
}
