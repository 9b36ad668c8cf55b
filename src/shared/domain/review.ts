import { z } from 'zod';

/** A segment of the model that a person is asked to listen to. */
const reviewItem = z.object({
  segmentId: z.number().int(),
  recordingId: z.number().int(),
  /** Samples of the canonical sound. */
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  seconds: z.number().positive(),
  /** Drawn at random, and asked without showing what the model says; the others are chosen. */
  audit: z.boolean(),
  /** Whether the annotator has said what it sounds like. */
  done: z.boolean(),
});
export type ReviewItem = Readonly<z.infer<typeof reviewItem>>;

/** How often the model is right, as far as audits tell: by number of segments in which it names an emotion. */
const accuracy = z.object({
  /** Segments drawn at random that a person has listened to. */
  heard: z.number().int().nonnegative(),
  /** Those of them in which the person heard what the model says. */
  same: z.number().int().nonnegative(),
  /** All segments that they stand for. */
  population: z.number().int().nonnegative(),
  /** Drawn before those, but not listened to yet: skipped, or of recordings that came later. */
  waiting: z.number().int().nonnegative(),
  /** Null while too few have been heard to say anything. */
  estimate: z
    .object({
      /** 0 to 1. */
      share: z.number(),
      /** 95 % interval. */
      low: z.number(),
      high: z.number(),
    })
    .nullable(),
});
export type Accuracy = Readonly<z.infer<typeof accuracy>>;

/** What an annotator goes through at present. */
export const reviewRound = z.object({
  /** The only recording that it is about; null where it is about all. */
  recordingId: z.number().int().nullable(),
  /** In the order in which to listen. */
  items: z.array(reviewItem).readonly(),
  accuracy,
});
export type ReviewRound = Readonly<z.infer<typeof reviewRound>>;

/** More at once nobody listens to. */
export const mostItems = 300;
