import { toSeconds } from '#shared/domain/time.ts';
import type { Correction } from '#shared/contract/training.ts';
import type { Catalogue } from '../catalogue.ts';
import type { StoredCorrection } from '../database/corrections.ts';
import type { DerivedFiles } from '../derived-files.ts';

export interface Lesson {
  readonly corrections: readonly Correction[];
  /** Ids of the recordings that they are of. */
  readonly recordings: readonly number[];
}

/** Corrections of recordings whose files are there, as the engine takes them. */
export async function readLesson(
  corrections: readonly StoredCorrection[],
  catalogue: Catalogue,
  files: DerivedFiles,
  signal: AbortSignal,
): Promise<Lesson> {
  const paths = new Map<number, string>();
  for (const { recordingId } of corrections) {
    if (paths.has(recordingId) || catalogue.isMissing(recordingId)) continue;
    paths.set(recordingId, await files.canonicalPath(recordingId, signal));
  }
  const known = corrections.flatMap(({ recordingId, start, end, sampleRate, label, speaker }) => {
    const path = paths.get(recordingId);
    if (path === undefined) return [];
    const span = { start: toSeconds(start, sampleRate), end: toSeconds(end, sampleRate) };
    return [{ path, ...span, label, speaker }];
  });
  return { corrections: known, recordings: [...paths.keys()] };
}
