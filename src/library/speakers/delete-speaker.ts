import type { DeletedForGood } from '#shared/contract/catalogue.ts';
import type { SpeakerDeletion } from '#shared/contract/speakers.ts';
import { longestKept } from '../backup/rotation.ts';
import type { Catalogue } from '../catalogue.ts';
import type { StoredRecording } from '../database/recordings.ts';
import { forgetMapped } from '../exchange/remember.ts';
import { forgetPseudonym } from '../export/pseudonyms.ts';
import { learners } from '../models/lost-recordings.ts';
import type { Project } from '../project.ts';
import type { Queue } from '../queue/queue.ts';
import { deleteForGood, isInside, removeRecordings } from '../recordings/remove.ts';
import { copiesBeside } from '../recovery/copies.ts';
import { mentions } from './mentions.ts';

export interface SpeakerDeletionParts {
  readonly project: Project;
  readonly catalogue: Catalogue;
  readonly queue: Queue;
}

/** A recording in which a speaker is heard. */
interface Heard {
  readonly recording: StoredRecording;
  /** Who else was named in it. */
  readonly others: readonly string[];
}

/** What would go with a speaker, and what would still know of it. */
export async function previewDeletion(project: Project, speaker: string): Promise<SpeakerDeletion> {
  const heard = heardIn(project, speaker);
  const ids = new Set(heard.map(({ recording }) => recording.id));
  const since = Math.min(...heard.map(({ recording }) => Date.parse(recording.addedAt)));
  const backups = (await project.backups.list()).filter(({ time }) => time >= since);
  const [newest] = backups;
  return {
    recordings: heard.map(({ recording, others }) => {
      const { id, name } = recording;
      return { id, name, others, inside: isInside(project, recording) };
    }),
    versions: learners(project).flatMap(({ version: { number }, recordings }) => {
      const learntFrom = recordings.filter((id) => ids.has(id));
      return learntFrom.length > 0 ? [{ number, learntFrom }] : [];
    }),
    backups: newest
      ? { count: backups.length, until: new Date(newest.time + longestKept).toISOString() }
      : null,
    copies: await copiesBeside(project.databasePath, since),
  };
}

/**
 * Deletes recordings in which a speaker is heard, whether on the list or off it. With the last of them goes whatever
 * else knows the speaker: the average over what they said, and their name in history and settings.
 *
 * @param ids what a person agreed to; others in which the speaker is heard stay
 */
export async function deleteSpeaker(
  { project, catalogue, queue }: SpeakerDeletionParts,
  speaker: string,
  ids: readonly number[],
): Promise<DeletedForGood> {
  const heard = heardIn(project, speaker).map(({ recording }) => recording);
  const about = heard.filter(({ id }) => ids.includes(id));
  const listed = about.filter(({ removedAt }) => removedAt === null);
  if (listed.length > 0) removeRecordings(project, queue, listed);
  // Before the recordings, which lead here: an interruption leaves something to start from again.
  if (about.length > 0 && about.length === heard.length) forget(project, speaker);
  const done = await deleteForGood(project, about);
  catalogue.tellRemoved(about.map(({ id }) => id));
  return done;
}

function heardIn({ recordings, speakers }: Project, speaker: string): readonly Heard[] {
  const voices = speakers.heardWith(speaker);
  return [...recordings.list(), ...recordings.listRemoved()].flatMap((recording) => {
    const own = voices.filter(({ recordingId }) => recordingId === recording.id);
    if (own.length === 0) return [];
    const others = own.map((voice) => voice.speaker).filter((name) => name !== speaker);
    return [{ recording, others }];
  });
}

function forget({ transaction, speakers, settings }: Project, speaker: string): void {
  const isNamedIn = (text: string): boolean => mentions(text, speaker);
  transaction(() => {
    speakers.forget(speaker, isNamedIn);
    forgetPseudonym(settings, speaker);
    forgetMapped(settings, isNamedIn);
  });
}
