import { z } from 'zod';
import type { Contract } from '../rpc/contract.ts';

const recordingId = z.number().int();
const sample = z.number().int().nonnegative();

/** 1 is perfect, 0 what chance would give; null where it cannot be told. */
const estimate = z.object({
  value: z.number().nullable(),
  /** 95 %. */
  interval: z.tuple([z.number(), z.number()]).readonly().nullable(),
});

const pair = z.object({
  /** Indices of the two among `names`. */
  annotators: z.tuple([z.number().int(), z.number().int()]).readonly(),
  /** Cohen's kappa. */
  kappa: estimate,
  /** Share of the time that both labelled in which they say the same. */
  same: z.number().nullable(),
  /** That both labelled. */
  seconds: z.number().nonnegative(),
});

/** A stretch of which two or more say different things. */
const difference = z.object({
  recordingId,
  start: sample,
  end: sample,
  /** In the order of `names`; null where one says nothing. */
  labels: z.array(z.string().nullable()).readonly(),
});
export type AgreementDifference = Readonly<z.infer<typeof difference>>;

const agreement = z.object({
  /** Of the tiers that were compared. */
  names: z.array(z.string()).readonly(),
  labels: z.array(z.string()).readonly(),
  pairs: z.array(pair).readonly(),
  /** Fleiss' kappa of all together. */
  fleiss: estimate,
  /** Krippendorff's alpha. */
  alpha: estimate,
  blocks: z.number().int(),
  /** How many recordings were compared. */
  compared: z.number().int(),
  /** Recordings that fewer than two of the tiers have labels for. */
  leftOut: z.array(recordingId).readonly(),
  /** How many differences there are; `differences` has the first of them. */
  differing: z.number().int(),
  differences: z.array(difference).readonly(),
});
export type AgreementResult = Readonly<z.infer<typeof agreement>>;

export const agreementContract = {
  methods: {
    /** Compares tiers over time, in some recordings or (null) all of them, and reports progress. */
    'agreement.measure': {
      args: z.object({
        ids: z.array(recordingId).readonly().nullable(),
        tiers: z.array(z.string()).min(2).readonly(),
        /** Labels that count as nothing said. */
        ignored: z.array(z.string()).readonly(),
      }),
      result: agreement,
    },
  },
  events: {},
} as const satisfies Contract;
