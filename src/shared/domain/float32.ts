import { z } from 'zod';

/** A Float32Array over any kind of buffer (zod's own `instanceof` would ask for a plain ArrayBuffer). */
export const float32 = z.custom<Float32Array>((value) => value instanceof Float32Array);

/** The parts one after another. A single part is given back as it is, not copied. */
export function join32(parts: readonly Float32Array[]): Float32Array {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
