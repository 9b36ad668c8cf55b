import { z } from 'zod';

/** What happened to a project whose database could not be read, for the person to know and to decide. */
export const recovery = z.object({
  /** ISO 8601. */
  at: z.string(),
  /** What is in the place of the damaged database now. */
  used: z.enum(['salvage', 'backup', 'nothing']),
  /** When that backup was made, ISO 8601; null where none was used. */
  backupAt: z.string().nullable(),
  recordings: z.number().int(),
  segments: z.number().int(),
  /** At most so many rows could not be read; null where whole tables could not. */
  lost: z.number().int().nullable(),
  /** Whether the history of edits begins anew. */
  historyLost: z.boolean(),
  /** Name of the file, in the project folder, that holds the damaged database; empty where there was none. */
  keptAs: z.string(),
});
export type Recovery = Readonly<z.infer<typeof recovery>>;
