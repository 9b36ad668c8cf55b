import { z } from 'zod';

const share = z.number().min(0).max(1);

const accuracy = z.strictObject({ accuracy: share });

/** How much more of some clips or segments is called right, whatever that was measured on. */
export const gain = z.strictObject({
  clips: z.number().int().positive(),
  before: accuracy,
  after: accuracy,
  /** As in a comparison. */
  gainInterval: z.tuple([z.number(), z.number()]).readonly(),
});
export type Gain = Readonly<z.infer<typeof gain>>;

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
