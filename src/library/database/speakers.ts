import { noSpeech, unsure } from '#shared/domain/label.ts';
import type { Database } from './connection.ts';
import type { JournaledTable } from './journal/capture.ts';
import { number, text } from './row.ts';

/** Somebody whom people named in a recording: as who speaks in it, or on a tier that says who speaks when. */
interface Voice {
  readonly recordingId: number;
  readonly speaker: string;
}

export interface Speakers {
  /** Everybody who was named in recordings in which this speaker was, those taken off the list included. */
  readonly heardWith: (speaker: string) => readonly Voice[];
  /**
   * Takes a speaker out of the history of other recordings: undo brings back neither the name nor what a recording
   * was normalised by.
   *
   * @param mentions whether the words of an act name the speaker
   */
  readonly forget: (speaker: string, mentions: (words: string) => boolean) => void;
}

/** Stands in the place of an act that names a speaker who was deleted, and of their turns in it. */
const words = 'Changed who speaks in a recording';
const nobody = 'deleted speaker';

const tierOf = `coalesce(after, before) ->> 'tier'`;
const isSpeakersTier = `IN (
  SELECT id FROM tier WHERE kind = 'speakers'
  UNION SELECT coalesce(after, before) ->> 'id' FROM edit_change
  WHERE table_name = 'tier' AND coalesce(after, before) ->> 'kind' = 'speakers')`;

/** Puts something else in the place of a value, in the rows before and after changes of a table. */
function replace(
  database: Database,
  table: JournaledTable,
  column: string,
  by: string,
  where = 'TRUE',
): (value: string) => void {
  const without = (row: string): string =>
    `${row} = iif(${row} ->> '${column}' = ?1, json_set(${row}, '$.${column}', '${by}'), ${row})`;
  const update = database.prepare(
    `UPDATE edit_change SET ${without('before')}, ${without('after')}
     WHERE table_name = '${table}' AND ?1 IN (before ->> '${column}', after ->> '${column}')
       AND ${where}`,
  );
  return (value) => {
    update.run(value);
  };
}

export function createSpeakers(database: Database): Speakers {
  const heardWith = database.prepare(
    `WITH voice AS (
       SELECT id AS recording_id, speaker FROM recording WHERE speaker <> ''
       UNION
       SELECT recording_id, label FROM segment JOIN tier ON tier.id = segment.tier
       WHERE kind = 'speakers' AND label NOT IN ('${unsure}', '${noSpeech}'))
     SELECT recording_id, speaker FROM voice
     WHERE recording_id IN (SELECT recording_id FROM voice WHERE speaker = ?)
     ORDER BY recording_id, speaker`,
  );
  const acts = database.prepare('SELECT id, words FROM edit WHERE instr(words, ?) > 0');
  const reword = database.prepare(`UPDATE edit SET words = '${words}' WHERE id = ?`);
  const profiles = database.prepare(
    `WITH own (id) AS (
       SELECT profile_id FROM recording WHERE speaker = ?1
       UNION SELECT before ->> 'profile_id' FROM edit_change
         WHERE table_name = 'recording' AND before ->> 'speaker' = ?1
       UNION SELECT after ->> 'profile_id' FROM edit_change
         WHERE table_name = 'recording' AND after ->> 'speaker' = ?1)
     SELECT id FROM own WHERE id <> ''`,
  );
  const normalised = replace(database, 'recording', 'profile_id', '');
  const named = replace(database, 'recording', 'speaker', '');
  const turns = replace(database, 'segment', 'label', nobody, `${tierOf} ${isSpeakersTier}`);
  // Undo takes back columns that differ, and there must be some.
  const idle = database.prepare('DELETE FROM edit_change WHERE before = after');
  return {
    heardWith: (speaker) =>
      heardWith.all(speaker).map((row) => ({
        recordingId: number(row, 'recording_id'),
        speaker: text(row, 'speaker'),
      })),
    forget: (speaker, mentions) => {
      for (const row of acts.all(speaker)) {
        if (mentions(text(row, 'words'))) reword.run(number(row, 'id'));
      }
      for (const row of profiles.all(speaker)) normalised(text(row, 'id'));
      named(speaker);
      turns(speaker);
      idle.run();
    },
  };
}
