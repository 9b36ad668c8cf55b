/** Before anything has been measured: what deciding takes beyond listening, in seconds. */
const firstGuess = 3;
/** The last so many answers tell how fast somebody is now. */
const remembered = 20;
/** Nobody is faster than that for each. Seconds. */
const leastSeconds = 0.5;

/** @param extras what each answer took beyond the length of its sound, in seconds; negative at higher speed */
export function withExtra(extras: readonly number[], extra: number): readonly number[] {
  return [...extras, extra].slice(-remembered);
}

/**
 * How long what is left will take, in seconds. The middle one of the answers counts: whoever goes for a coffee
 * does not work slower for it.
 *
 * @param lengths of the sounds that are left, in seconds
 */
export function secondsLeft(lengths: readonly number[], extras: readonly number[]): number {
  const sorted = extras.toSorted((one, other) => one - other);
  const extra = sorted[Math.floor(sorted.length / 2)] ?? firstGuess;
  return lengths.reduce((sum, length) => sum + Math.max(leastSeconds, length + extra), 0);
}
