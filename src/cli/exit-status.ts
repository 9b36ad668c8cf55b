import type { ErrorCode } from '#shared/contract/errors.ts';

/** What the command line's exit status says, in README.md for those who write scripts. */
export const exitStatus = {
  done: 0,
  /** Some inputs failed; everything else is written and each failure was named. */
  someFailed: 1,
  wrongUsage: 2,
  /** It could be done and is not, for it would not be right; nothing was written. */
  refused: 4,
} as const;

const refusals: ReadonlySet<ErrorCode> = new Set(['split-leaks', 'model-exists']);

/** Of a command that an error ended. */
export function exitStatusOf(code: ErrorCode): number {
  return refusals.has(code) ? exitStatus.refused : exitStatus.someFailed;
}
