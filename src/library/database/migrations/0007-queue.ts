import type { Migration } from './migration.ts';

/** What a queue of thousands needs: how far it is, and what need not be computed again. */
export const queue: Migration = {
  version: 7,
  sql: `
    -- What was queued together: from one time that nothing waited to the next.
    ALTER TABLE job ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;
    -- Of the recording's file when it was queued, as a measure of the work; 0 where nobody looked.
    ALTER TABLE job ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
    -- Whether it was done without any work, since it was up to date.
    ALTER TABLE job ADD COLUMN kept INTEGER NOT NULL DEFAULT 0 CHECK (kept IN (0, 1));
    CREATE INDEX job_by_batch ON job (batch, state);

    -- Of the model's files; empty where it was not put down, and then no answer counts as up to date.
    ALTER TABLE analysis ADD COLUMN model_sha256 TEXT NOT NULL DEFAULT '';
    -- From which probability on a label counts; the default is what every model said before this was put down.
    ALTER TABLE analysis ADD COLUMN unsure_below REAL NOT NULL DEFAULT 0.4;

    CREATE INDEX sound_by_size ON sound (file_size);
    CREATE INDEX sound_by_content ON sound (sha256);
  `,
};
