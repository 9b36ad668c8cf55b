import type { Migration } from './migration.ts';

/** How recordings that were made in the application came about; those opened from files have no row. */
export const recorded: Migration = {
  version: 3,
  sql: `
    CREATE TABLE recorded (
      recording_id INTEGER PRIMARY KEY REFERENCES recording (id) ON DELETE CASCADE,
      device TEXT NOT NULL,
      recovered INTEGER NOT NULL CHECK (recovered IN (0, 1)),
      -- JSON: moments that were marked, in samples of the canonical sound.
      marks TEXT NOT NULL
    ) STRICT;
  `,
};
