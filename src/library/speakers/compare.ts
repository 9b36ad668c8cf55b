import { createHash } from 'node:crypto';
import type { SpeakerComparison } from '#shared/contract/speakers.ts';
import { toSeconds } from '#shared/domain/time.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import type { Catalogue } from '../catalogue.ts';
import type { StoredProfile } from '../database/speaker-profiles.ts';
import type { StoredRecording } from '../database/recordings.ts';
import { hearAgain, type HearingParts } from '../models/hear-again.ts';
import { joinChanges, labelChanges } from '../models/label-changes.ts';
import type { Project } from '../project.ts';
import { changedSamples, gainOf } from './before-after.ts';

export interface ComparisonParts extends HearingParts {
  readonly catalogue: Catalogue;
  readonly modelFolder: () => string;
}

/** A profile with what it was measured for. */
export interface MeasuredSpeaker {
  readonly speaker: string;
  readonly ids: readonly number[];
  readonly stored: StoredProfile;
}

/** Of the whole; the rest is hearing the recordings relative to it. */
const measuringShare = 0.4;

/** What of a speaker's can be measured: analysed, and there to be heard again. */
export function recordingsOf(
  { recordings }: Pick<Project, 'recordings'>,
  catalogue: Catalogue,
  speaker: string,
): readonly StoredRecording[] {
  return recordings
    .findBySpeaker(speaker)
    .filter(({ id, sound, analysis }) => sound && analysis && !catalogue.isMissing(id));
}

/** Names the contents of recordings, in whichever order they were added. */
export function nameSounds(recordings: readonly StoredRecording[]): string {
  const contents = recordings.map(({ sound }) => sound?.sha256 ?? '').toSorted();
  return createHash('sha256').update(contents.join()).digest('hex');
}

/** Measures a speaker over some recordings; nothing is stored. */
export async function measureSpeaker(
  speaker: string,
  recordings: readonly StoredRecording[],
  { project, files, call, modelFolder }: ComparisonParts,
  { signal, report }: CallContext,
): Promise<MeasuredSpeaker> {
  const paths: string[] = [];
  for (const { id } of recordings) paths.push(await files.canonicalPath(id, signal));
  const profile = await call(
    'analysis.profile',
    { paths, modelFolder: modelFolder(), cacheFolder: project.cache.engineFolder },
    {
      signal,
      onProgress: ({ fraction }) => {
        report({ stage: 'measuring', fraction: fraction * measuringShare });
      },
    },
  );
  return {
    speaker,
    ids: recordings.map(({ id }) => id),
    stored: {
      id: createHash('sha256').update(JSON.stringify(profile)).digest('hex'),
      sounds: nameSounds(recordings),
      recordings: recordings.length,
      profile,
    },
  };
}

/** Hears recordings relative to their speaker, and says what that would change. */
export async function compareNormalised(
  { stored }: MeasuredSpeaker,
  recordings: readonly StoredRecording[],
  parts: ComparisonParts,
  { signal, report }: CallContext,
): Promise<SpeakerComparison> {
  const hearing = { modelFolder: parts.modelFolder(), profile: stored.profile };
  const changes = [];
  let [speechSeconds, changedSeconds] = [0, 0];
  for (const [index, { id, sound }] of recordings.entries()) {
    const fraction = measuringShare + ((1 - measuringShare) * index) / recordings.length;
    report({ stage: 'comparing', fraction });
    const opinions = await hearAgain(id, parts, hearing, signal);
    const { spoken, changed } = changedSamples(opinions);
    const sampleRate = sound?.sound.sampleRate ?? 1;
    speechSeconds += toSeconds(spoken, sampleRate);
    changedSeconds += toSeconds(changed, sampleRate);
    changes.push(labelChanges(opinions));
  }
  const joined = joinChanges(changes, recordings.length);
  return {
    profile: stored.id,
    recordings: recordings.length,
    speechSeconds,
    changedSeconds,
    changes: joined,
    gain: gainOf(joined.verdicts),
  };
}
