import { z } from 'zod';
import { float32 } from './float32.ts';

/**
 * How a recording sounds over time. Cell `i` covers the seconds `[i, i + 1) * hopSeconds` (the last one is
 * cut off by the end of the recording); `probabilities` holds its calibrated label probabilities,
 * row-major `[cells, labels]`; `speech` the share of the cell that is speech, 0 to 1. A cell without
 * speech has zeros for probabilities.
 */
export const track = z.object({
  labels: z.array(z.string()).readonly(),
  hopSeconds: z.number().positive(),
  windowSeconds: z.number().positive(),
  cells: z.number().int().nonnegative(),
  probabilities: float32,
  speech: float32,
});
export type Track = Readonly<z.infer<typeof track>>;

/** The probabilities of one cell, in the order of `track.labels`. */
export function cellProbabilities(of: Track, cell: number): Float32Array {
  return of.probabilities.subarray(cell * of.labels.length, (cell + 1) * of.labels.length);
}
