import { noSpeech, unsure } from '#shared/domain/label.ts';
import { modelTier } from '#shared/domain/tier.ts';
import type { Database } from './connection.ts';

/** Adds up anew what the model's segments of a recording are, for searching. */
export function createSpeechCount(database: Database): (recordingId: number) => void {
  const count = database.prepare(
    `INSERT OR REPLACE INTO speech (recording_id, spoken, unsure)
     SELECT ?1, coalesce(sum("end" - "start"), 0),
            coalesce(sum(iif(label = '${unsure}', "end" - "start", 0)), 0)
     FROM segment WHERE recording_id = ?1 AND tier = '${modelTier}' AND label <> '${noSpeech}'`,
  );
  return (recordingId) => {
    count.run(recordingId);
  };
}
