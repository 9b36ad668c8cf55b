import { z } from 'zod';

/** A label that people can give, and how it looks. */
export const labelDefinition = z.object({
  name: z.string().trim().min(1).max(60),
  /** `#rrggbb`; null for the look that the emotion has by itself. */
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/u)
    .nullable(),
  /** The digit that gives it; null where it has none. */
  key: z.number().int().min(1).max(9).nullable(),
});
export type LabelDefinition = Readonly<z.infer<typeof labelDefinition>>;
