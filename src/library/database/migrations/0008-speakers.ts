import type { Migration } from './migration.ts';

/** Normalising recordings by their speaker instead of each by itself. */
export const speakers: Migration = {
  version: 8,
  sql: `
    -- How speakers are on average, as somebody chose to have recordings normalised by it. Facts and no acts, which
    -- never change; only which one a recording is normalised by is journaled.
    CREATE TABLE speaker_profile (
      id TEXT PRIMARY KEY NOT NULL,
      -- Of the contents of the recordings that it was measured over, all together.
      sounds TEXT NOT NULL,
      recordings INTEGER NOT NULL,
      -- JSON.
      profile TEXT NOT NULL
    ) STRICT;

    -- Empty where a recording is normalised by itself. Without a reference: what undo puts back may be of a
    -- profile that went with the recordings it was measured over.
    ALTER TABLE recording ADD COLUMN profile_id TEXT NOT NULL DEFAULT '';
    -- The one that the analysis was made with.
    ALTER TABLE analysis ADD COLUMN profile_id TEXT NOT NULL DEFAULT '';
  `,
};
