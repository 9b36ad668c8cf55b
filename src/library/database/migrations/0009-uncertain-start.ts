import type { Migration } from './migration.ts';

/** Whether a recording's file says where in it the sound begins. */
export const uncertainStart: Migration = {
  version: 9,
  sql: `
    -- Seconds by which the sound may begin later than time 0; null where it was read before anybody asked.
    ALTER TABLE sound ADD COLUMN uncertain_start_seconds REAL;
  `,
};
