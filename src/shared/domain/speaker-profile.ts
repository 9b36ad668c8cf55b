import { z } from 'zod';

const column = z.array(z.number()).readonly();

/**
 * What normalisation takes away from all recordings of one speaker alike: how loud the speaker is and how the speech
 * sounds on average. Sums and deviations over many minutes; nothing that was said can be told from it.
 */
export const speakerProfile = z.object({
  /** Of the feature settings that it was measured with: a model that hears other features cannot use it. */
  featureHash: z.string(),
  /** How much speech it is of. */
  speechSeconds: z.number().nonnegative(),
  /** Sum of the level over the rows of speech. */
  level: z.object({ rows: z.number().int().nonnegative(), sum: z.number() }),
  /** Column by column of the shaped features. */
  counts: column,
  means: column,
  /** Sums of squared deviations from the mean. */
  squares: column,
});
export type SpeakerProfile = Readonly<z.infer<typeof speakerProfile>>;
