import { z } from 'zod';

const share = z.number().min(0).max(1);

const figures = z.strictObject({
  /** Unweighted average recall over the labels that occur. */
  uar: share,
  accuracy: share,
});
export type Figures = Readonly<z.infer<typeof figures>>;

/** One set of clips, judged by two models. */
export const comparison = z.strictObject({
  clips: z.number().int().positive(),
  before: figures,
  after: figures,
  /** Of the gain in accuracy: 95 %, bootstrap over clips, which both models judged. */
  gainInterval: z.tuple([z.number(), z.number()]).readonly(),
});
export type Comparison = Readonly<z.infer<typeof comparison>>;
