import type { Migration } from './migration.ts';

/** Finding recordings by what is in them must not read a hundred thousand segments. */
export const search: Migration = {
  version: 4,
  sql: `
    CREATE INDEX segment_by_label ON segment (label, recording_id);
    CREATE INDEX recording_by_removal ON recording (removed_at);

    -- What the model's segments of a recording add up to, in samples.
    CREATE TABLE speech (
      recording_id INTEGER PRIMARY KEY REFERENCES recording (id) ON DELETE CASCADE,
      spoken INTEGER NOT NULL,
      unsure INTEGER NOT NULL
    ) STRICT;
    INSERT INTO speech (recording_id, spoken, unsure)
    SELECT recording_id, sum("end" - "start"), sum(iif(label = 'unsure', "end" - "start", 0))
    FROM segment WHERE tier = 'model' AND label <> 'no speech' GROUP BY recording_id;
  `,
};
