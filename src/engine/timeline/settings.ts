import { z } from 'zod';

/** How windows become a track and a track becomes segments; part of a model's card. */
export const timelineSettings = z.object({
  /** Length of the stretch of speech that one prediction hears, seconds. */
  windowSeconds: z.number().positive().default(2.5),
  /** Distance between two predictions, and the length of a track's cell, seconds. */
  hopSeconds: z.number().positive().default(0.5),
  /** Cells on either side that a smoothed probability averages over. */
  smoothingCells: z.number().int().nonnegative().default(1),
  /** Below this smoothed probability of the likeliest label the answer is "unsure". */
  unsureBelow: z.number().min(0).max(1).default(0.4),
  /** A new label takes over only when it is likelier than the current one by this much. */
  takeover: z.number().min(0).max(1).default(0.1),
  /** Segments of one stretch of speech shorter than this join a neighbour, seconds. */
  shortestSeconds: z.number().nonnegative().default(1),
});
export type TimelineSettings = Readonly<z.infer<typeof timelineSettings>>;
