import { z } from 'zod';

/** A moment of a recording that was marked while it was made. */
export const recordedMark = z.object({
  /** Sample of the canonical sound. */
  at: z.number().int().nonnegative(),
  /** What there is to say of it; empty where it was only marked. */
  note: z.string().max(200),
});
export type RecordedMark = Readonly<z.infer<typeof recordedMark>>;

/** How a recording that was made in the application came about. */
export const recordedHere = z.object({
  /** The microphone, as the system calls it. */
  device: z.string(),
  /** It did not end as the person wanted it to: it was found when the application or its page started anew. */
  recovered: z.boolean(),
  /** In the order of time. */
  marks: z.array(recordedMark).readonly(),
});
export type RecordedHere = Readonly<z.infer<typeof recordedHere>>;
