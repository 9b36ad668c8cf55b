export type Restart =
  { readonly kind: 'after'; readonly milliseconds: number } | { readonly kind: 'never' };

const windowMilliseconds = 60_000;
const mostRestarts = 3;
const firstDelay = 200;

/**
 * Whether a process that died is started again: at most three times in a minute, each time later than the
 * last, so that one which dies of its own start does not keep the machine busy.
 *
 * @param deaths when it died, this time included, in milliseconds, ascending
 */
export function planRestart(deaths: readonly number[]): Restart {
  const now = deaths.at(-1) ?? 0;
  const recent = deaths.filter((time) => now - time < windowMilliseconds).length;
  return recent > mostRestarts
    ? { kind: 'never' }
    : { kind: 'after', milliseconds: firstDelay * 4 ** (recent - 1) };
}
