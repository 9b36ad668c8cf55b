import { z } from 'zod';

/** What to show of the recordings, and in which order. Of a list, one that fits is enough. */
export const recordingQuery = z.object({
  /** Each must be somewhere in the name, the speaker, the tags or the note; whatever case and accents. */
  words: z.string(),
  /** Labels that a segment of any tier has. */
  labels: z.array(z.string()).readonly(),
  speakers: z.array(z.string()).readonly(),
  tags: z.array(z.string()).readonly(),
  status: z.enum(['ready', 'pending', 'failed', 'missing', 'overdue']).nullable(),
  /** Least share of the speech of which the model is unsure, 0 to 1. */
  unsure: z.number().min(0).max(1).nullable(),
  sort: z.enum(['added', 'name', 'longest', 'least sure']),
});
export type RecordingQuery = Readonly<z.infer<typeof recordingQuery>>;

export const allRecordings: RecordingQuery = {
  words: '',
  labels: [],
  speakers: [],
  tags: [],
  status: null,
  unsure: null,
  sort: 'added',
};
