import { z } from 'zod';
import { errorShape } from '../contract/errors.ts';
import { recordedHere } from './recorded.ts';
import { recordingTerms } from './terms.ts';

/** What is happening to a recording; `fraction` runs from 0 to 1 within the whole job. */
const recordingStatus = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queued') }),
  z.object({
    kind: z.literal('working'),
    stage: z.enum(['reading', 'analysing']),
    fraction: z.number().min(0).max(1),
    secondsLeft: z.number().nonnegative().nullable(),
  }),
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('failed'), error: errorShape }),
  z.object({ kind: z.literal('cancelled') }),
]);
export type RecordingStatus = Readonly<z.infer<typeof recordingStatus>>;

/** What decoding found in a recording's sound. */
export const sound = z.object({
  sampleRate: z.number().int().positive(),
  channels: z.number().int().positive(),
  /** Length in samples of the canonical sound, counted while decoding, never taken from a header. */
  samples: z.number().int().nonnegative(),
  /** Set where only part of the file could be decoded. */
  damaged: z
    .object({
      decodedSeconds: z.number().nonnegative(),
      expectedSeconds: z.number().nonnegative().nullable(),
      decodeErrors: z.number().int().nonnegative(),
    })
    .nullable(),
  /**
   * How much later than time 0 the sound may begin, at most, because its file does not say by how much the encoder delayed
   * it; 0 where it says so or nothing is delayed. Null where it was read before anybody asked.
   */
  uncertainStartSeconds: z.number().nonnegative().nullable(),
});
export type Sound = Readonly<z.infer<typeof sound>>;

export const recording = z.object({
  id: z.number().int(),
  name: z.string(),
  path: z.string(),
  addedAt: z.string(),
  /** Who speaks; empty where nobody said. */
  speaker: z.string(),
  note: z.string(),
  /** Whether somebody marked it as difficult to listen to. */
  difficult: z.boolean(),
  tags: z.array(z.string()).readonly(),
  ...recordingTerms.shape,
  /** Whether its file was not there when it was last looked for. */
  missing: z.boolean(),
  /** Unknown until the file has been read once. */
  sound: sound.nullable(),
  status: recordingStatus,
  /** Label of each of a few dozen equal stretches, for the thumbnail in the list; empty until analysed. */
  ribbon: z.array(z.string()).readonly(),
  /** Null where it was opened from a file. */
  recorded: recordedHere.nullable(),
});
export type Recording = Readonly<z.infer<typeof recording>>;
