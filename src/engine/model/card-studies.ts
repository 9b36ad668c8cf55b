import { z } from 'zod';

const share = z.number().min(0).max(1);
const interval = z.tuple([share, share]).readonly();

const condition = z.strictObject({
  condition: z.string(),
  clips: z.number().int().positive(),
  speakers: z.number().int().positive(),
  uar: share,
  uarInterval: interval,
  /** Clips in which no speech was heard any more; they count as wrong. */
  unheard: z.number().int().nonnegative(),
});

const timeline = z.strictObject({
  windowSeconds: z.number().positive(),
  hopSeconds: z.number().positive(),
  smoothingCells: z.number().int().nonnegative(),
  recordings: z.number().int().positive(),
  minutes: z.number().positive(),
  /** Shares of the speech time. */
  right: share,
  unsure: share,
  missed: share,
  /** Share of the silence that was given an emotion. */
  invented: share,
  /** Median, in seconds. */
  boundaryError: z.number().nonnegative(),
});

const otherCorpus = z.strictObject({
  corpus: z.string(),
  /** By whose speech was made equal. */
  scope: z.enum(['clip', 'speaker']),
  clips: z.number().int().positive(),
  speakers: z.number().int().positive(),
  /** Those that the corpus and the model have in common. */
  labels: z.array(z.string()).readonly(),
  uar: share,
  uarInterval: interval,
  accuracy: share,
  ece: share,
});

/**
 * What was measured beyond the scores, each with networks that never heard the speakers. A study that was
 * not made is missing.
 */
export const cardStudies = z.strictObject({
  robustness: z.array(condition).readonly().optional(),
  timeline: z.array(timeline).readonly().optional(),
  otherCorpora: z.array(otherCorpus).readonly().optional(),
});
export type CardStudies = Readonly<z.infer<typeof cardStudies>>;
