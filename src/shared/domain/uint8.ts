import { z } from 'zod';

/** A Uint8Array over any kind of buffer (see `float32.ts`). */
export const uint8 = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
