import type { Sample } from '../dataset.ts';
import { groupBy } from '../group-by.ts';
import type { Random } from '../random.ts';

export interface HeldBack {
  readonly kept: readonly Sample[];
  /** Never trained on by the training that they judge; none where there is only one recording. */
  readonly held: readonly Sample[];
}

const heldShare = 0.25;

/** Holds about a quarter of the corrections back, whole recordings at a time, drawn by the seed. */
export function holdBack(samples: readonly Sample[], random: Random): HeldBack {
  const groups = [...groupBy(samples, ({ group }) => group).values()];
  if (groups.length < 2) return { kept: samples, held: [] };
  const wanted = samples.length * heldShare;
  const held = new Set<Sample>();
  for (const own of random.shuffled(groups)) {
    const misses = Math.abs(wanted - held.size);
    const isBetter = Math.abs(wanted - held.size - own.length) < misses;
    if (isBetter) for (const sample of own) held.add(sample);
  }
  return {
    kept: samples.filter((sample) => !held.has(sample)),
    held: samples.filter((sample) => held.has(sample)),
  };
}
