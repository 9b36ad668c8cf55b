import { z } from 'zod';

const count = z.number().int().nonnegative();

/** How far the work on recordings is. What is counted is what was queued since the queue was last empty. */
export const queueState = z.object({
  /** `paused` by a person, until a person has it go on; `held` while somebody records. */
  phase: z.enum(['idle', 'working', 'paused', 'held']),
  /** Those that wait, and the one that is worked on. */
  waiting: count,
  analysed: count,
  /** Those that were up to date, so that there was nothing to do. */
  kept: count,
  failed: count,
  /** Those that a person stopped. */
  cancelled: count,
  /** Of the work, measured by the size of files, 0 to 1. */
  fraction: z.number().min(0).max(1),
  /** At the pace so far; null while there is none. */
  secondsLeft: z.number().nonnegative().nullable(),
});
export type QueueState = Readonly<z.infer<typeof queueState>>;
