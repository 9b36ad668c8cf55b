import { UndertoneError } from '#shared/contract/errors.ts';
import type { ModelSummary } from '#shared/contract/engine.ts';
import { modelTier } from '#shared/domain/tier.ts';
import type { StoredSound } from '../database/sounds.ts';
import { readTrackFile, writeTrackFile } from '../files/track-file.ts';
import type { Project } from '../project.ts';

/**
 * Spares a recording its analysis where this very model, its settings among its files, has heard the same content
 * before, normalised by the same speaker's profile or by none: in this recording, or in another one of the project, whose answer is then taken over.
 *
 * @returns false where it has to be analysed
 */
export async function keepAnalysis(
  project: Project,
  id: number,
  { sha256 }: StoredSound,
  model: ModelSummary,
  profileId: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { analyses, cache, jobs, recordings, segments } = project;
  const same = analyses.findSame(id, sha256, model.sha256, profileId);
  if (same === undefined) return false;
  const origin = { sha256, model: model.id, profileId };
  const track = await readTrackFile(cache.trackPath(same), origin);
  const analysis = recordings.find(same)?.analysis;
  if (!track || !analysis) return false;
  if (same !== id) await writeTrackFile(cache.trackPath(id), track, origin);
  if (signal.aborted) throw new UndertoneError('cancelled');
  project.transaction(() => {
    if (same !== id) {
      const heard = segments.list(same).filter(({ tier }) => tier === modelTier);
      analyses.put(id, analysis, new Date().toISOString());
      segments.replaceModelTier(id, model.id, analysis.labels, heard);
    }
    jobs.setKept(id);
  });
  return true;
}
