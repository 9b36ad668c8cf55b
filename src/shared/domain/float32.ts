import { z } from 'zod';

/** A Float32Array over any kind of buffer (zod's own `instanceof` would ask for a plain ArrayBuffer). */
export const float32 = z.custom<Float32Array>((value) => value instanceof Float32Array);
