import { z } from 'zod';
import { float32 } from './float32.ts';
import { sound } from './recording.ts';

/** Minima and maxima of the sound in blocks of `samplesPerBlock`, -1 to 1; channels are mixed. */
export const peaks = z.object({
  samplesPerBlock: z.number().int().positive(),
  minima: float32,
  maxima: float32,
});
export type Peaks = Readonly<z.infer<typeof peaks>>;

/** A recording while it is being read: the outline of what has been seen, flat behind that, of a length that is expected. */
export const sketch = z.object({ sound, peaks });
export type Sketch = Readonly<z.infer<typeof sketch>>;
