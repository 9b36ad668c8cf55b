import { dayOf, nothingWithheld, withhold, type Withheld } from '#shared/domain/terms.ts';
import type { StoredCorrection } from '../database/corrections.ts';
import type { Project } from '../project.ts';

interface Learnable {
  readonly corrections: readonly StoredCorrection[];
  /** Recordings with corrections that are left out. */
  readonly withheld: Withheld;
}

/**
 * What a model may learn from.
 *
 * @param withheldToo whether also from recordings without consent, or that are kept longer than agreed
 */
export function learnable(project: Pick<Project, 'corrections'>, withheldToo: boolean): Learnable {
  const all = project.corrections();
  if (withheldToo) return { corrections: all, withheld: nothingWithheld };
  const byRecording = new Map(all.map((correction) => [correction.recordingId, correction]));
  const { used, withheld } = withhold([...byRecording.values()], dayOf(new Date()));
  const ids = new Set(used.map(({ recordingId }) => recordingId));
  return { corrections: all.filter(({ recordingId }) => ids.has(recordingId)), withheld };
}
