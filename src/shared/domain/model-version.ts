import { z } from 'zod';
import { comparison } from './comparison.ts';

/** A stretch that another model calls something else. */
const labelChange = z.object({
  recordingId: z.number().int(),
  /** Samples of the canonical sound. */
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  before: z.string(),
  after: z.string(),
  /** What a person calls most of it; null where nobody said. */
  person: z.string().nullable(),
});
export type LabelChange = Readonly<z.infer<typeof labelChange>>;

/** How two models differ on what people said of a project: segments that a person labelled. */
const verdicts = z.object({
  /** Confirmed ones are those that the model before called as the person did. */
  confirmed: z.number().int().nonnegative(),
  stillRight: z.number().int().nonnegative(),
  /** Corrected ones are those that it called otherwise. */
  corrected: z.number().int().nonnegative(),
  nowRight: z.number().int().nonnegative(),
});
export type Verdicts = Readonly<z.infer<typeof verdicts>>;

/** What a model would change in a project. */
export const projectChanges = z.object({
  /** How many recordings were heard again, and how many there are: a large project is not heard whole. */
  recordings: z.number().int().nonnegative(),
  of: z.number().int().nonnegative(),
  /** The model's segments with speech in them, and how many of those get another label. */
  segments: z.number().int().nonnegative(),
  changed: z.number().int().nonnegative(),
  /** The first few hundred of them: what goes against a person's word before the rest. */
  changes: z.array(labelChange).readonly(),
  verdicts,
});
export type ProjectChanges = Readonly<z.infer<typeof projectChanges>>;

/** What is known of how a version does; null where it was not, or could not be, measured. */
export const versionScores = z.object({
  /** On corrected recordings that were held back from a training like its own. */
  heldBack: comparison.nullable(),
  /** On speakers whom no training heard. */
  check: comparison.nullable(),
  changes: projectChanges.nullable(),
  /** How long it took, in seconds. */
  seconds: z.number().nonnegative().nullable(),
});

export const versionSettings = z.object({
  /** What it tells apart. */
  labels: z.array(z.string()).readonly(),
  seed: z.number().int(),
  /** What it learnt from, by label. */
  corrections: z.record(z.string(), z.number().int()),
});

const settingsHere = versionSettings.extend({
  /** Ids of the recordings that it learnt from; empty where they are not in this project, or that is not known. */
  recordings: z.array(z.number().int()).readonly().default([]),
});

/** A model that was retrained in a project, or taken into it. */
export const modelVersion = z.object({
  /** Of its card; segments name it. */
  id: z.string(),
  number: z.number().int().positive(),
  /** Id of the model that it was retrained from. */
  parent: z.string(),
  /** ISO 8601. */
  madeAt: z.string(),
  origin: z.enum(['retrained', 'imported']),
  /** Whether somebody decided to keep it; until then it is on offer. */
  kept: z.boolean(),
  dataHash: z.string(),
  settings: settingsHere,
  scores: versionScores,
  note: z.string(),
  /** Recordings that it, or a version that it comes from, learnt from and that have been deleted for good since. */
  lostRecordings: z.number().int().nonnegative(),
});
export type ModelVersion = Readonly<z.infer<typeof modelVersion>>;

/** Retraining may cost so much accuracy on other speakers before people are warned. */
const mostForgotten = 0.02;

/** How much accuracy a version lost on speakers whom nobody corrected, if more than is reasonable; else 0. */
export function forgotten({ scores: { check } }: Pick<ModelVersion, 'scores'>): number {
  if (check === null) return 0;
  const loss = check.before.accuracy - check.after.accuracy;
  return loss > mostForgotten ? loss : 0;
}
