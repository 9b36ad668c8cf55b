import { z } from 'zod';

/** Minima and maxima of the sound in blocks of `samplesPerBlock`, -1 to 1; channels are mixed. */
export const peaks = z.object({
  samplesPerBlock: z.number().int().positive(),
  minima: z.instanceof(Float32Array),
  maxima: z.instanceof(Float32Array),
});
export type Peaks = Readonly<z.infer<typeof peaks>>;
