import type { Database } from './connection.ts';

/** Takes out of the history what it knows of a recording, so that nothing of it can be brought back. */
export type Forget = (recordingId: number) => void;

/** Stands in the place of what an act about a deleted recording was. */
const words = 'Changed a recording that is deleted';

const isAboutIt = `
  ?1 = CASE table_name
    WHEN 'recording' THEN coalesce(after, before) ->> 'id'
    WHEN 'segment' THEN coalesce(after, before) ->> 'recording_id'
    WHEN 'recording_tag' THEN coalesce(after, before) ->> 'recording_id'
    WHEN 'recorded' THEN coalesce(after, before) ->> 'recording_id'
    WHEN 'job' THEN coalesce(after, before) ->> 'recording_id'
    WHEN 'audit' THEN coalesce(after, before) ->> 'recording_id'
  END`;

export function createForget(database: Database): Forget {
  const changes = database.prepare(`DELETE FROM edit_change WHERE ${isAboutIt}`);
  const edits = database.prepare(
    `UPDATE edit SET words = '${words}', recording_id = NULL WHERE recording_id = ?`,
  );
  // Acts on several recordings name them by what they were called at the time.
  const nameless = database.prepare(
    `WITH own AS (SELECT before, after FROM edit_change WHERE table_name = 'recording' AND ${isAboutIt}),
       called AS (SELECT name FROM recording WHERE id = ?1
         UNION SELECT before ->> 'name' FROM own UNION SELECT after ->> 'name' FROM own)
     UPDATE edit SET words = '${words}'
     WHERE recording_id IS NULL AND EXISTS (SELECT 1 FROM called WHERE instr(words, name) > 0)`,
  );
  return (recordingId) => {
    nameless.run(recordingId);
    changes.run(recordingId);
    edits.run(recordingId);
  };
}
