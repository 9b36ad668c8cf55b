/**
 * Two lists as one, each in its own order, every way of mixing them being as likely: who listens cannot tell
 * where one of the second comes.
 */
export function mix<T>(one: readonly T[], other: readonly T[], random: () => number): readonly T[] {
  const mixed: T[] = [];
  let [i, j] = [0, 0];
  while (i < one.length || j < other.length) {
    const [left, right] = [one.length - i, other.length - j];
    mixed.push(...(random() * (left + right) < left ? one.slice(i, ++i) : other.slice(j, ++j)));
  }
  return mixed;
}
