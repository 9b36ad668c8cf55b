import { z } from 'zod';
import { modelVersion, projectChanges } from '../domain/model-version.ts';
import { withheld } from '../domain/terms.ts';
import type { Contract } from '../rpc/contract.ts';
import { modelSummary } from './engine.ts';
import { errorShape } from './errors.ts';
import { grant } from './grant.ts';
import { trainingStage } from './training.ts';

const id = z.string();

/** What becomes of a retraining that somebody asked for. */
const retraining = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('idle') }),
  z.object({
    kind: z.literal('running'),
    /** After the engine's stages comes `comparing`: what the version would change here. */
    stage: z.enum([...trainingStage.options, 'comparing']),
    /** Of the whole. */
    fraction: z.number().min(0).max(1),
    secondsLeft: z.number().nonnegative().nullable(),
    /** Of the training that runs; null while none does. */
    epoch: z.number().int().nullable(),
    epochs: z.number().int().nullable(),
    /** Mean loss of each epoch of that training so far. */
    losses: z.array(z.number()).readonly(),
  }),
  z.object({ kind: z.literal('failed'), error: errorShape }),
]);
export type Retraining = Readonly<z.infer<typeof retraining>>;

const modelsState = z.object({
  /** Id of the version that analyses; null for the shipped model. */
  active: id.nullable(),
  /** The model that came with the program. */
  shipped: modelSummary,
  /** The newest first. One of them may be on offer. */
  versions: z.array(modelVersion).readonly(),
  retraining,
});
export type ModelsState = Readonly<z.infer<typeof modelsState>>;

/** What there is to learn from. */
const lessonMaterial = z.object({
  corrections: z.number().int().nonnegative(),
  recordings: z.number().int().nonnegative(),
  /** Recordings with corrections that are left out. */
  withheld,
  /** The most frequent first. */
  labels: z
    .array(
      z.object({
        label: z.string(),
        count: z.number().int(),
        /** Whether the active model has it already: a new one needs more examples. */
        known: z.boolean(),
      }),
    )
    .readonly(),
  /** The most frequent first; empty for recordings of which nobody said who speaks. */
  speakers: z.array(z.object({ speaker: z.string(), count: z.number().int() })).readonly(),
  /** How long retraining will take, about. */
  seconds: z.number().nonnegative(),
  /** What correcting bought speakers whom the shipped model never heard; empty where not measured. */
  expected: modelSummary.shape.adaptation,
});
export type LessonMaterial = Readonly<z.infer<typeof lessonMaterial>>;

/** What a model is to learn from, and to tell apart. */
const lessonChoice = z.object({
  /** Null for the old labels and those of the corrections. */
  labels: z.array(z.string()).min(2).readonly().nullable(),
  /** Whether also from recordings without consent, or that are kept longer than agreed. */
  withheldToo: z.boolean(),
});
export type LessonChoice = Readonly<z.infer<typeof lessonChoice>>;

/** Retraining on corrections, and the versions that come of it. */
export const modelsContract = {
  methods: {
    'models.state': { args: z.object({}), result: modelsState },
    'models.material': {
      args: lessonChoice.pick({ withheldToo: true }),
      result: lessonMaterial,
    },
    /**
     * Begins to retrain the active model on all corrections; `models.changed` tells how it goes. Its end is a
     * version on offer.
     */
    'models.retrain': { args: lessonChoice, result: z.void() },
    /** Stops at once; everything is as it was before. Also puts a failure out of sight. */
    'models.cancel': { args: z.object({}), result: z.void() },
    /** Keeps the version on offer, and has it analyse: one act, which can be undone. */
    'models.keep': { args: z.object({ id }), result: z.void() },
    /** Deletes a version on offer. */
    'models.discard': { args: z.object({ id }), result: z.void() },
    /** Has a version that was kept, or with null the shipped model, analyse; an act that can be undone. */
    'models.activate': { args: z.object({ id: id.nullable() }), result: z.void() },
    /**
     * What would change here if another version, or with null the shipped model, took the place of the one
     * in use. Hears recordings again and reports progress; nothing is stored.
     */
    'models.compare': { args: z.object({ id: id.nullable() }), result: projectChanges },
    /** Writes a version that was kept as one file. */
    'models.export': { args: z.object({ id, to: grant }), result: z.void() },
    /** Takes in a version from such a file. It is kept, but analyses only when it is chosen. */
    'models.import': { args: z.object({ from: grant }), result: z.object({ id }) },
    'models.describe': {
      args: z.object({ id, note: z.string().max(2000) }),
      result: z.void(),
    },
  },
  events: {
    'models.changed': modelsState,
  },
} as const satisfies Contract;
