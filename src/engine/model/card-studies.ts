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

/** How right a model is about each group of clips, such as those of women and those of men. */
export const groupScores = z.strictObject({
  /** What tells the groups apart. */
  by: z.string(),
  /** Of all groups alike: the accuracy where a label is missing from one, whose UAR would be that of an easier task. */
  measure: z.enum(['uar', 'accuracy']),
  groups: z
    .array(
      z.strictObject({
        name: z.string(),
        clips: z.number().int().positive(),
        speakers: z.number().int().positive(),
        value: share,
        /** 95 %, bootstrap over speakers; null of a single one. */
        interval: interval.nullable(),
        /** Of few clips a figure says little. */
        isReliable: z.boolean(),
      }),
    )
    .readonly(),
  /** Between the best and the worst of the reliable groups; null where there are not two. */
  difference: share.nullable(),
});
export type GroupScores = Readonly<z.infer<typeof groupScores>>;

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
  byGroup: z.array(groupScores).readonly().optional(),
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
