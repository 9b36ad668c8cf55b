import type { ProjectChanges } from '#shared/domain/model-version.ts';
import { modelTier } from '#shared/domain/tier.ts';
import { toSeconds } from '#shared/domain/time.ts';
import type { Catalogue } from '../catalogue.ts';
import type { StoredRecording } from '../database/recordings.ts';
import type { LabelledSegment } from '../database/segments.ts';
import type { DerivedFiles } from '../derived-files.ts';
import type { EngineCall } from '../engine-link.ts';
import type { Project } from '../project.ts';
import { joinChanges, labelChanges } from './label-changes.ts';

export interface ChangesParts {
  readonly project: Project;
  readonly catalogue: Catalogue;
  readonly files: DerivedFiles;
  readonly call: EngineCall;
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
  const { project, catalogue } = parts;
  const analysed = project.recordings
    .list()
    .filter(({ id, analysis, sound }) => analysis && sound && !catalogue.isMissing(id));
  const corrected = new Set(project.corrections().map(({ recordingId }) => recordingId));
  const chosen = upTo(
    mostSeconds,
    analysed.toSorted((a, b) => Number(corrected.has(b.id)) - Number(corrected.has(a.id))),
  );
  const changes = [];
  for (const recording of chosen) {
    onProgress(changes.length / chosen.length);
    changes.push(await changesOf(recording, parts, modelFolder, signal));
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
  { id }: StoredRecording,
  { project, files, call }: ChangesParts,
  modelFolder: string,
  signal: AbortSignal,
): Promise<ReturnType<typeof labelChanges>> {
  const path = await files.canonicalPath(id, signal);
  const cacheFolder = project.cache.engineFolder;
  const { segments: after } = await call(
    'analysis.run',
    { path, modelFolder, cacheFolder },
    { signal },
  );
  const segments = project.segments.list(id);
  const tiers = project.tiers.list().filter(({ kind }) => kind === 'annotator');
  const on = (tier: string): readonly LabelledSegment[] =>
    segments.filter((segment) => segment.tier === tier);
  return labelChanges({
    recordingId: id,
    before: on(modelTier),
    after,
    persons: tiers.map((tier) => on(tier.id)),
  });
}
