import type { Migration } from './migration.ts';

/**
 * Models that were retrained here or taken in, each a folder of the same name in `models/`. Which of them
 * analyses is the setting `model`: one value, so that there is never more than one. Facts and no acts; only
 * the setting is journaled.
 */
export const modelVersions: Migration = {
  version: 5,
  sql: `
    CREATE TABLE model_version (
      -- Of its card.
      id TEXT PRIMARY KEY NOT NULL,
      -- What people call it: Version 2.
      number INTEGER NOT NULL UNIQUE,
      -- Id of the model that it was retrained from.
      parent TEXT NOT NULL,
      made_at TEXT NOT NULL,
      origin TEXT NOT NULL CHECK (origin IN ('retrained', 'imported')),
      -- Whether somebody decided to keep it; until then it is on offer.
      kept INTEGER NOT NULL CHECK (kept IN (0, 1)),
      -- Of the names and contents of its files.
      sha256 TEXT NOT NULL,
      -- Of what it learnt from; empty where nothing is known of that.
      data_hash TEXT NOT NULL,
      -- JSON: labels, seed, and the corrections by label.
      settings TEXT NOT NULL,
      -- JSON: what it gained, and what it would change here.
      scores TEXT NOT NULL,
      note TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX analysis_by_model ON analysis (model);
  `,
};
