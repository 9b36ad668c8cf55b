import { speakerProfile, type SpeakerProfile } from '#shared/domain/speaker-profile.ts';
import type { Database, Row } from './connection.ts';
import { json, number, text } from './row.ts';

export interface StoredProfile {
  readonly id: string;
  /** Of the contents of the recordings that it was measured over, all together. */
  readonly sounds: string;
  readonly recordings: number;
  readonly profile: SpeakerProfile;
}

/** How speakers are on average. What is stored never changes. */
export interface SpeakerProfiles {
  readonly find: (id: string) => StoredProfile | undefined;
  /** Adds one where it is not there yet. */
  readonly add: (profile: StoredProfile) => void;
  /** Deletes those that no recording is normalised by and no act can bring back. */
  readonly prune: () => void;
  /** How much speech the model found in the recordings of a speaker on the list. */
  readonly speechSeconds: (speaker: string) => number;
  /** Analysed recordings that were normalised otherwise than was chosen. */
  readonly outdated: () => readonly number[];
}

export function createSpeakerProfiles(database: Database): SpeakerProfiles {
  const find = database.prepare('SELECT * FROM speaker_profile WHERE id = ?');
  const add = database.prepare(
    `INSERT INTO speaker_profile (id, sounds, recordings, profile) VALUES (?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const prune = database.prepare(
    `DELETE FROM speaker_profile
     WHERE id NOT IN (SELECT profile_id FROM recording)
       AND NOT EXISTS (SELECT 1 FROM edit_change WHERE table_name = 'recording'
         AND speaker_profile.id IN (before ->> 'profile_id', after ->> 'profile_id'))`,
  );
  const speech = database.prepare(
    `SELECT coalesce(sum(1.0 * spoken / sample_rate), 0.0) AS seconds
     FROM recording JOIN sound ON sound.recording_id = recording.id
     JOIN speech ON speech.recording_id = recording.id
     WHERE speaker = ? AND removed_at IS NULL`,
  );
  const outdated = database.prepare(
    `SELECT recording_id FROM analysis JOIN job USING (recording_id)
     JOIN recording ON recording.id = recording_id
     WHERE state = 'done' AND removed_at IS NULL AND analysis.profile_id <> recording.profile_id
     ORDER BY recording_id`,
  );
  return {
    find: (id) => find.all(id).flatMap((row) => toProfile(row) ?? [])[0],
    add: ({ id, sounds, recordings, profile }) => {
      add.run(id, sounds, recordings, JSON.stringify(profile));
    },
    prune: () => {
      prune.run();
    },
    speechSeconds: (speaker) => number(speech.get(speaker) ?? {}, 'seconds'),
    outdated: () => outdated.all().map((row) => number(row, 'recording_id')),
  };
}

/** Null where its numbers cannot be read any more; then recordings are normalised by themselves. */
function toProfile(row: Row): StoredProfile | null {
  const profile = json(row, 'profile', speakerProfile.nullable(), null);
  if (profile === null) return null;
  return {
    id: text(row, 'id'),
    sounds: text(row, 'sounds'),
    recordings: number(row, 'recordings'),
    profile,
  };
}
