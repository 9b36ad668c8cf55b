import { z } from 'zod';

/** A stretch of a recording with one label, as the model proposes it. Samples of the canonical sound. */
export const proposedSegment = z.object({
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  /** An emotion of the model's card, `unsure` or `no speech`. */
  label: z.string(),
  /** The probability of the label (of the likeliest one where unsure; of no speech where nobody speaks). */
  confidence: z.number().min(0).max(1),
  /** Mean probabilities over the segment, in the order of the track's labels; empty for `no speech`. */
  probabilities: z.array(z.number()).readonly(),
});
export type ProposedSegment = Readonly<z.infer<typeof proposedSegment>>;

/** Who says so. */
export const segmentSource = z.enum(['model', 'person']);
export type SegmentSource = z.infer<typeof segmentSource>;

export const segment = proposedSegment.extend({
  id: z.number().int(),
  recordingId: z.number().int(),
  /** Id of its tier. */
  tier: z.string(),
  source: segmentSource,
  /** Who labelled it: the name of an annotator's tier; empty on others. */
  annotator: z.string(),
  /** The model (id of its card) that made it, or made what was accepted; empty for a person's own. */
  model: z.string(),
  /** What a person wrote about it; empty where nobody did. */
  note: z.string(),
});
export type Segment = Readonly<z.infer<typeof segment>>;
