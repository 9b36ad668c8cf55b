import { UndertoneError } from '#shared/contract/errors.ts';
import type { StoredRecording } from '../database/recordings.ts';
import type { DescribeModel } from '../describe-model.ts';
import type { EngineCall } from '../engine-link.ts';
import { writeTrackFile } from '../files/track-file.ts';
import type { Project } from '../project.ts';
import { profileOf } from '../speakers/profile-of.ts';
import { keepAnalysis } from './keep-analysis.ts';
import type { ProgressMeter } from './progress.ts';
import { readRecording } from './read-recording.ts';
import { makeRibbon } from './ribbon.ts';

export interface AnalyseOptions {
  readonly modelFolder: () => string;
  readonly describeModel: DescribeModel;
  readonly signal: AbortSignal;
  readonly progress: ProgressMeter;
  /** The sound can be shown and played from here on. */
  readonly onRead: () => void;
}

/** `kept` where it was up to date already. */
export type Outcome = 'analysed' | 'kept';

/**
 * The whole job of one recording: have it read, have it analysed unless that was done before, store the
 * results. Track, segments and the job's end become visible together or not at all.
 */
export async function analyseRecording(
  project: Project,
  recording: StoredRecording,
  call: EngineCall,
  options: AnalyseOptions,
): Promise<Outcome> {
  const { id } = recording;
  const { modelFolder, describeModel, signal, progress } = options;
  progress.advance('reading', 0);
  const { sound } = await readRecording(project, recording, call, {
    signal,
    onProgress: ({ fraction }) => {
      progress.advance('reading', fraction);
    },
  });
  options.onRead();
  const active = await describeModel(signal);
  const speaker = profileOf(project, recording, active.featureHash);
  const profileId = speaker?.id ?? '';
  if (await keepAnalysis(project, id, sound, active, profileId, signal)) return 'kept';

  progress.advance('analysing', 0);
  const { cache } = project;
  const path = cache.fromStored(sound.canonicalPath);
  const { model, modelSha256, unsureBelow, track, segments } = await call(
    'analysis.run',
    {
      path,
      modelFolder: modelFolder(),
      cacheFolder: cache.engineFolder,
      profile: speaker?.profile ?? null,
    },
    {
      signal,
      onProgress: ({ fraction }) => {
        progress.advance('analysing', fraction);
      },
    },
  );

  // The file first: one without its row is swept away at the next start, a row without its file is a lie.
  await writeTrackFile(cache.trackPath(id), track, { sha256: sound.sha256, model, profileId });
  if (signal.aborted) throw new UndertoneError('cancelled');
  const { labels, windowSeconds, hopSeconds } = track;
  const ribbon = makeRibbon(segments, sound.sound.samples);
  const settings = { windowSeconds, hopSeconds, unsureBelow, profileId };
  project.transaction(() => {
    const analysis = { model, modelSha256, labels, ...settings, ribbon };
    project.analyses.put(id, analysis, new Date().toISOString());
    project.segments.replaceModelTier(id, model, labels, segments);
    project.jobs.set(id, { kind: 'done' });
  });
  return 'analysed';
}
