import type { Migration } from './migration.ts';

/** On what terms recordings are here; nothing was said of those that were there before. */
export const terms: Migration = {
  version: 10,
  sql: `
    ALTER TABLE recording ADD COLUMN consent TEXT NOT NULL DEFAULT 'not stated'
      CHECK (consent IN ('not stated', 'given', 'refused', 'withdrawn'));
    ALTER TABLE recording ADD COLUMN source TEXT NOT NULL DEFAULT '';
    ALTER TABLE recording ADD COLUMN licence TEXT NOT NULL DEFAULT '';
    -- The last day on which it may be kept, YYYY-MM-DD; null where none was agreed.
    ALTER TABLE recording ADD COLUMN keep_until TEXT;
  `,
};
