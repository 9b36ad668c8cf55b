import type { ProjectChanges } from '#shared/domain/model-version.ts';
import { toSeconds } from '#shared/domain/time.ts';
import type { Catalogue } from '../catalogue.ts';
import type { StoredRecording } from '../database/recordings.ts';
import { profileOf } from '../speakers/profile-of.ts';
import { hearAgain, type HearingParts } from './hear-again.ts';
import { joinChanges, labelChanges } from './label-changes.ts';

export interface ChangesParts extends HearingParts {
  readonly catalogue: Catalogue;
}

/** So much sound is heard again to see what a model would change: about half a minute's work. */
const mostSeconds = 20 * 60;

/**
 * What a model would change in a project: it hears recordings again, those first about which a person said
 * something, up to a limit. Nothing is stored.
 */
export async function projectChanges(
  parts: ChangesParts,
  modelFolder: string,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<ProjectChanges> {
  const { project, catalogue, call } = parts;
  const analysed = project.recordings
    .list()
    .filter(({ id, analysis, sound }) => analysis && sound && !catalogue.isMissing(id));
  const corrected = new Set(project.corrections().map(({ recordingId }) => recordingId));
  const chosen = upTo(
    mostSeconds,
    analysed.toSorted((a, b) => Number(corrected.has(b.id)) - Number(corrected.has(a.id))),
  );
  const { featureHash } = await call('model.describe', { modelFolder }, { signal });
  const changes = [];
  for (const recording of chosen) {
    onProgress(changes.length / chosen.length);
    changes.push(await changesOf(recording, parts, { modelFolder, featureHash }, signal));
  }
  return joinChanges(changes, analysed.length);
}

function upTo(seconds: number, recordings: readonly StoredRecording[]): readonly StoredRecording[] {
  let sum = 0;
  return recordings.filter(({ sound }, index) => {
    const own = sound ? toSeconds(sound.sound.samples, sound.sound.sampleRate) : 0;
    if (index > 0 && sum + own > seconds) return false;
    sum += own;
    return true;
  });
}

async function changesOf(
  recording: StoredRecording,
  parts: ChangesParts,
  { modelFolder, featureHash }: { readonly modelFolder: string; readonly featureHash: string },
  signal: AbortSignal,
): Promise<ReturnType<typeof labelChanges>> {
  // Normalised as it is now, so that what differs is the model alone.
  const profile = profileOf(parts.project, recording, featureHash)?.profile ?? null;
  return labelChanges(await hearAgain(recording.id, parts, { modelFolder, profile }, signal));
}
