import type { ModelSummary } from '#shared/contract/engine.ts';
import type { SpeakerState, speakersContract } from '#shared/contract/speakers.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import { refusal } from '../annotation/refusal.ts';
import type { StoredRecording } from '../database/recordings.ts';
import type { StoredProfile } from '../database/speaker-profiles.ts';
import type { DescribeModel } from '../describe-model.ts';
import type { DerivedFiles } from '../derived-files.ts';
import type { EngineLink } from '../engine-link.ts';
import { namesOf } from '../recordings/describe.ts';
import {
  compareNormalised,
  measureSpeaker,
  nameSounds,
  recordingsOf,
  type MeasuredSpeaker,
} from './compare.ts';
import { deleteSpeaker, previewDeletion, type SpeakerDeletionParts } from './delete-speaker.ts';

export interface SpeakersParts extends SpeakerDeletionParts {
  readonly engine: EngineLink;
  readonly files: DerivedFiles;
  readonly modelFolder: () => string;
  readonly describeModel: DescribeModel;
}

/** Answers what has to do with normalising recordings by their speaker, and with deleting a speaker. */
export function createSpeakersHandlers(parts: SpeakersParts): Handlers<typeof speakersContract> {
  const { project, catalogue, engine, describeModel } = parts;
  const { journal, profiles, recordings } = project;
  let measured: MeasuredSpeaker | undefined;

  function setProfile(about: readonly StoredRecording[], id: string, words: string): void {
    journal.act({ words: `Normalised ${namesOf(about)} ${words}`, recordingId: null }, () => {
      for (const recording of about) recordings.setProfile(recording.id, id);
    });
  }

  return {
    'speakers.describe': async ({ speaker }, { signal }) => {
      const own = recordingsOf(project, catalogue, speaker);
      const id = own.find(({ profileId }) => profileId !== '')?.profileId;
      const stored = id === undefined ? undefined : profiles.find(id);
      const profile = stored && describeProfile(stored, own, await describeModel(signal));
      const speechSeconds = profiles.speechSeconds(speaker);
      return { recordings: own.length, speechSeconds, profile: profile ?? null };
    },
    'speakers.compare': async ({ speaker }, context) => {
      const own = recordingsOf(project, catalogue, speaker);
      if (own.length < 2) throw refusal('one-recording');
      const hearing = { ...parts, call: engine.call };
      const now = await measureSpeaker(speaker, own, hearing, context);
      const comparison = await compareNormalised(now, own, hearing, context);
      measured = now;
      return comparison;
    },
    'speakers.normalise': ({ profile }) => {
      if (measured?.stored.id !== profile) throw refusal('not-measured');
      const { ids, speaker, stored } = measured;
      const about = recordings.findBySpeaker(speaker).filter(({ id }) => ids.includes(id));
      profiles.add(stored);
      setProfile(about, stored.id, 'by speaker');
      measured = undefined;
    },
    'speakers.separate': ({ speaker }) => {
      const about = recordings.findBySpeaker(speaker).filter(({ profileId }) => profileId !== '');
      setProfile(about, '', about.length === 1 ? 'by itself' : 'each by itself');
    },
    'speakers.previewDeletion': ({ speaker }) => previewDeletion(project, speaker),
    'speakers.deleteForGood': ({ speaker, ids }) => deleteSpeaker(parts, speaker, ids),
  };
}

/** @param own what could be measured now */
function describeProfile(
  { id, sounds, recordings, profile }: StoredProfile,
  own: readonly StoredRecording[],
  { featureHash }: ModelSummary,
): SpeakerState['profile'] {
  const { speechSeconds } = profile;
  const current =
    sounds === nameSounds(own) &&
    profile.featureHash === featureHash &&
    own.every(({ profileId }) => profileId === id);
  return { recordings, speechSeconds, current };
}
