import { z } from 'zod';

/** The tier of the model's proposals; there is always exactly one. */
export const modelTier = 'model';

/**
 * A row of segments under the waveform, the same in every recording of a project. Segments of one tier do
 * not overlap; those of different tiers may.
 */
export const tier = z.object({
  /** `model`, or an id that the library gave. */
  id: z.string(),
  /** Whose: the model's, one annotator's, or who speaks when. */
  kind: z.enum(['model', 'annotator', 'speakers']),
  /** As shown; for an annotator's tier the annotator's name, which is written into exports. */
  name: z.string(),
});
export type Tier = Readonly<z.infer<typeof tier>>;
