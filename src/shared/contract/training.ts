import { z } from 'zod';
import { comparison } from '../domain/comparison.ts';
import type { Contract } from '../rpc/contract.ts';

/** A stretch of a recording with the label that a person gave it. */
const correction = z.object({
  /** Sound of the recording. */
  path: z.string(),
  /** Seconds from the first sample. */
  start: z.number().nonnegative(),
  end: z.number().positive(),
  label: z.string(),
  /** Who speaks; empty where nobody said: the recording is then taken for one speaker. */
  speaker: z.string(),
});
export type Correction = Readonly<z.infer<typeof correction>>;

/** What became of a retraining. */
const finetuneReport = z.object({
  kind: z.literal('finetune'),
  /** Id of the new version. */
  model: z.string(),
  parent: z.string(),
  labels: z.array(z.string()).readonly(),
  seed: z.number().int(),
  /** SHA-256 over the corrections' features and labels. */
  dataHash: z.string(),
  /** Corrections that were learnt from, by label; a stretch without any sound is left out. */
  corrections: z.record(z.string(), z.number().int().positive()),
  /**
   * On corrected recordings held back, by a training that never saw them; the version itself has then learnt
   * from them too. Null where all corrections are of one recording.
   */
  heldBack: comparison.nullable(),
  /** On clips of speakers whom no training heard; null where the base model brings none. */
  check: comparison.nullable(),
  seconds: z.number().nonnegative(),
});
export type FinetuneReport = Readonly<z.infer<typeof finetuneReport>>;

/**
 * What a retraining is at: `listening` to corrections, `trying` without the recordings held back, `learning`
 * from all. The last two report the figures `epoch`, `epochs` and `loss`.
 */
export const trainingStage = z.enum(['listening', 'trying', 'learning']);

/** Learning from corrections, of the engine. */
export const trainingContract = {
  methods: {
    /** Writes a new model folder, whole or not at all, and nothing else that stays. */
    'training.run': {
      args: z.object({
        modelFolder: z.string(),
        /** The new version's folder; its name becomes the version's id. */
        out: z.string(),
        corrections: z.array(correction).readonly(),
        /** What the version tells apart; null for the old labels and those of the corrections. */
        labels: z.array(z.string()).readonly().nullable(),
        seed: z.number().int(),
        cacheFolder: z.string(),
      }),
      result: finetuneReport,
    },
  },
  events: {},
} as const satisfies Contract;
