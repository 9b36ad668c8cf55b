import { z } from 'zod';
import { gain } from '../domain/comparison.ts';
import { projectChanges } from '../domain/model-version.ts';
import type { Contract } from '../rpc/contract.ts';

const seconds = z.number().nonnegative();
const speaker = z.string().trim().min(1).max(100);

const speakerState = z.object({
  /** Of this speaker, on the list, analysed and there. */
  recordings: z.number().int().nonnegative(),
  speechSeconds: seconds,
  /** What they are normalised by; null where each is by itself. */
  profile: z
    .object({
      recordings: z.number().int().positive(),
      speechSeconds: seconds,
      /** Whether it is of just these recordings as they are, and all of them are normalised by it. */
      current: z.boolean(),
    })
    .nullable(),
});
export type SpeakerState = Readonly<z.infer<typeof speakerState>>;

/** What normalising by speaker would change. */
const speakerComparison = z.object({
  /** Names what was measured, to be kept. */
  profile: z.string(),
  recordings: z.number().int().positive(),
  speechSeconds: seconds,
  /** How much of the speech would be called something else. */
  changedSeconds: seconds,
  changes: projectChanges,
  /** On what people labelled; null where they did not. */
  gain: gain.nullable(),
});
export type SpeakerComparison = Readonly<z.infer<typeof speakerComparison>>;

/** Normalising recordings by their speaker: over all of the speaker's speech instead of each by itself. */
export const speakersContract = {
  methods: {
    'speakers.describe': { args: z.object({ speaker }), result: speakerState },
    /**
     * Measures a speaker over all recordings and hears them relative to that. Reports progress; nothing is stored,
     * and what was measured is known until the next time, or until the library ends.
     */
    'speakers.compare': { args: z.object({ speaker }), result: speakerComparison },
    /** Has the recordings normalised by what was measured, and heard again: an act that can be undone. */
    'speakers.normalise': { args: z.object({ profile: z.string() }), result: z.void() },
    /** Has each recording of a speaker normalised by itself again; an act, too. */
    'speakers.separate': { args: z.object({ speaker }), result: z.void() },
  },
  events: {},
} as const satisfies Contract;
