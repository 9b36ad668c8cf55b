import type { Migration } from './migration.ts';

/** Which recordings are difficult to listen to; nobody said so of those that were there before. */
export const difficult: Migration = {
  version: 11,
  sql: `
    ALTER TABLE recording ADD COLUMN difficult INTEGER NOT NULL DEFAULT 0
      CHECK (difficult IN (0, 1));
  `,
};
