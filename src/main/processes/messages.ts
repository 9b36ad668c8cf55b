import { z } from 'zod';
import { errorShape } from '#shared/contract/errors.ts';

/** Who sits at the other end of a port that is handed to a child process. */
const peer = z.enum(['page', 'host', 'engine', 'library']);
export type Peer = z.infer<typeof peer>;

/** From the main process to a child; `connect` comes with one port. */
export const toChild = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connect'), peer }),
  z.object({ kind: z.literal('ping') }),
  z.object({ kind: z.literal('close') }),
]);
export type ToChild = Readonly<z.infer<typeof toChild>>;

/** From a child to the main process. */
export const fromChild = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('pong') }),
  /** It could not start, for a reason that a person can do something about. */
  z.object({ kind: z.literal('refused'), error: errorShape }),
]);
export type FromChild = Readonly<z.infer<typeof fromChild>>;
