/** What the command line's exit status says (docs/ARCHITECTURE.md). */
export const exitStatus = {
  done: 0,
  /** Some inputs failed; everything else is written and each failure was named. */
  someFailed: 1,
  wrongUsage: 2,
} as const;
