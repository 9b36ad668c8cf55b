import type { SpeakerProfile } from '#shared/domain/speaker-profile.ts';
import { modelTier } from '#shared/domain/tier.ts';
import type { LabelledSegment } from '../database/segments.ts';
import type { DerivedFiles } from '../derived-files.ts';
import type { EngineCall } from '../engine-link.ts';
import type { Project } from '../project.ts';
import type { RecordingOpinions } from './label-changes.ts';

export interface HearingParts {
  readonly project: Project;
  readonly files: DerivedFiles;
  readonly call: EngineCall;
}

/** What is to hear it, and relative to what. */
export interface Hearing {
  readonly modelFolder: string;
  /** Null for the recording's own. */
  readonly profile: SpeakerProfile | null;
}

/** What a recording is called now, what another hearing calls it, and what people do. Nothing is stored. */
export async function hearAgain(
  recordingId: number,
  { project, files, call }: HearingParts,
  hearing: Hearing,
  signal: AbortSignal,
): Promise<RecordingOpinions> {
  const path = await files.canonicalPath(recordingId, signal);
  const cacheFolder = project.cache.engineFolder;
  const { segments: after } = await call(
    'analysis.run',
    { path, cacheFolder, ...hearing },
    { signal },
  );
  const segments = project.segments.list(recordingId);
  const tiers = project.tiers.list().filter(({ kind }) => kind === 'annotator');
  const on = (tier: string): readonly LabelledSegment[] =>
    segments.filter((segment) => segment.tier === tier);
  return {
    recordingId,
    before: on(modelTier),
    after,
    persons: tiers.map((tier) => on(tier.id)),
  };
}
