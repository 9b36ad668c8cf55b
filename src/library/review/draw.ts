import { hash } from 'node:crypto';
import type { Stretch } from '../database/review/audits.ts';

/**
 * The random number of a segment, 0 to 1, by which audits are drawn: the smallest numbers first ("permanent
 * random numbers"). It depends on what the segment is and on nothing that anybody does, so that whoever looks
 * at what, and in whatever order, those with the smallest numbers are a plain random sample of all. Segments
 * that come later have numbers of their own, and take their place among the others.
 *
 * @param seed the project's
 */
export function drawOf(seed: string, { model, recordingId, start, end }: Stretch): number {
  const key = JSON.stringify([seed, model, recordingId, start, end]);
  return Number.parseInt(hash('sha256', key).slice(0, 12), 16) / 2 ** 48;
}
