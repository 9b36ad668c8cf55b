import { z } from 'zod';
import { tier } from './tier.ts';

/** Where the segments of a tier in a file go. Names of people's own tiers are the project's, in all recordings. */
export const tierTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tier'), id: z.string() }),
  z.object({
    kind: z.literal('new'),
    of: tier.shape.kind.exclude(['model']),
    name: z.string().trim().min(1).max(60),
  }),
  z.object({ kind: z.literal('leave out') }),
]);
export type TierTarget = Readonly<z.infer<typeof tierTarget>>;

/** What becomes of a label: a label of the project, new where it has none of that name; null leaves it out. */
export const labelTarget = z.string().trim().min(1).max(60).nullable();

/** What a person decided about an import: a target for each recording, tier and label that was found, in order. */
export const importMapping = z.object({
  recordings: z.array(z.number().int().nullable()).readonly(),
  tiers: z.array(tierTarget).readonly(),
  labels: z.array(labelTarget).readonly(),
});
export type ImportMapping = Readonly<z.infer<typeof importMapping>>;
