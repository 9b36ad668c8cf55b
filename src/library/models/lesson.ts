import { toSeconds } from '#shared/domain/time.ts';
import type { Correction } from '#shared/contract/training.ts';
import type { Catalogue } from '../catalogue.ts';
import type { StoredCorrection } from '../database/corrections.ts';
import type { DerivedFiles } from '../derived-files.ts';

/** Corrections of recordings whose files are there, as the engine takes them. */
export async function readLesson(
  corrections: readonly StoredCorrection[],
  catalogue: Catalogue,
  files: DerivedFiles,
  signal: AbortSignal,
): Promise<readonly Correction[]> {
  const paths = new Map<number, string>();
  for (const { recordingId } of corrections) {
    if (paths.has(recordingId) || catalogue.isMissing(recordingId)) continue;
    paths.set(recordingId, await files.canonicalPath(recordingId, signal));
  }
  return corrections.flatMap(({ recordingId, start, end, sampleRate, label, speaker }) => {
    const path = paths.get(recordingId);
    if (path === undefined) return [];
    const span = { start: toSeconds(start, sampleRate), end: toSeconds(end, sampleRate) };
    return [{ path, ...span, label, speaker }];
  });
}
