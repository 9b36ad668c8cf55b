import { z } from 'zod';

/** `x` is times real time; of it and of frames more is better, of the others less. */
const unit = z.enum(['ms', 's', 'MB', 'x', 'frames']);
export type Unit = z.infer<typeof unit>;

/** One thing that was measured, beside a peer that did the same in the same run. */
const figure = z.object({
  name: z.string(),
  value: z.number(),
  unit,
  /** What it is compared with: a library, or the target that was set. */
  peer: z.string(),
  peerValue: z.number(),
  /** How many times as good as the peer; 1 is alike. */
  ratio: z.number(),
});
export type Figure = Readonly<z.infer<typeof figure>>;

export const result = z.object({
  figures: z.array(figure).readonly(),
  /** Sentences: which peers are missing here, and whatever else must be known to read the figures. */
  notes: z.array(z.string()).readonly(),
});
export type Result = Readonly<z.infer<typeof result>>;

export function compare(
  name: string,
  unit: Unit,
  value: number,
  [peer, peerValue]: readonly [peer: string, value: number],
): Figure {
  const isGain = unit === 'x' || unit === 'frames';
  const ratio = isGain ? value / peerValue : peerValue / value;
  return { name, value, unit, peer, peerValue, ratio };
}
