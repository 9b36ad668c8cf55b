import { z } from 'zod';
import { errorShape } from '../contract/errors.ts';

const id = z.number().int().nonnegative();

/** From the calling side. */
export const request = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id, method: z.string(), args: z.unknown() }),
  z.object({ kind: z.literal('cancel'), id }),
]);
export type Request = z.infer<typeof request>;

/** From the serving side. */
export const reply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('result'), id, value: z.unknown() }),
  z.object({ kind: z.literal('error'), id, error: errorShape }),
  z.object({
    kind: z.literal('progress'),
    id,
    progress: z.object({
      stage: z.string(),
      fraction: z.number().min(0).max(1),
      figures: z.record(z.string(), z.number()).optional(),
    }),
  }),
  z.object({ kind: z.literal('event'), name: z.string(), payload: z.unknown() }),
]);
export type Reply = z.infer<typeof reply>;
