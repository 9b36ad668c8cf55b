import { z } from 'zod';
import { spanLength } from './time.ts';

/** As long as an excerpt may be: nearly a minute and a half at 48 kHz. It stands in memory as a whole. */
export const longestExcerpt = 2 ** 22;

const sample = z.number().int().nonnegative();

/** A part of a recording that is handed on as sound. Samples at its own rate; the end is not in it. */
export const excerpt = z
  .object({ start: sample, end: sample })
  .refine((span) => spanLength(span) > 0 && spanLength(span) <= longestExcerpt);
