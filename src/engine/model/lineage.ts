import { z } from 'zod';
import { comparison } from '#shared/domain/comparison.ts';

/** How a version came to be, for its card. */
export const lineage = z.strictObject({
  /** Id of the model that it was retrained from. */
  parent: z.string(),
  /** Corrected segments by label. */
  corrections: z.record(z.string(), z.number().int().positive()),
  seed: z.number().int(),
  /** SHA-256 over the corrections' features and labels. */
  dataHash: z.string(),
  heldBack: comparison.nullable(),
  check: comparison.nullable(),
});
export type Lineage = Readonly<z.infer<typeof lineage>>;
