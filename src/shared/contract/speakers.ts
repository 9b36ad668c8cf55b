import { z } from 'zod';
import { gain } from '../domain/comparison.ts';
import { projectChanges } from '../domain/model-version.ts';
import type { Contract } from '../rpc/contract.ts';
import { deletedForGood } from './catalogue.ts';

const seconds = z.number().nonnegative();
const speaker = z.string().trim().min(1).max(100);
const recordingId = z.number().int();

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

/** What deleting a speaker for good takes away, and what would still know of the speaker afterwards. */
const speakerDeletion = z.object({
  /** In which the speaker is heard, those taken off the list included. */
  recordings: z
    .array(
      z.object({
        id: recordingId,
        name: z.string(),
        /** Who else was named in it. */
        others: z.array(z.string()).readonly(),
        /** Whether its sound was recorded here, and is deleted with it. */
        inside: z.boolean(),
      }),
    )
    .readonly(),
  /** Of the model, the newest first: those that learnt from any of the recordings, and from which. */
  versions: z
    .array(
      z.object({
        number: z.number().int().positive(),
        learntFrom: z.array(recordingId).readonly(),
      }),
    )
    .readonly(),
  /** Backups since the first of the recordings came, and when the last of them goes; null where there are none. */
  backups: z.object({ count: z.number().int().positive(), until: z.string() }).nullable(),
  /** Files in the project that hold an older state of it, and stay until somebody deletes them. */
  copies: z.array(z.string()).readonly(),
});
export type SpeakerDeletion = Readonly<z.infer<typeof speakerDeletion>>;

/** Normalising recordings by their speaker: over all of the speaker's speech instead of each by itself; and deleting a speaker. */
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
    'speakers.previewDeletion': { args: z.object({ speaker }), result: speakerDeletion },
    /**
     * Deletes those of the recordings in which the speaker is heard, with everything that was made of them. With the
     * last of them goes all else that knows the speaker. There is no way back.
     */
    'speakers.deleteForGood': {
      args: z.object({ speaker, ids: z.array(recordingId).readonly() }),
      result: deletedForGood,
    },
  },
  events: {},
} as const satisfies Contract;
