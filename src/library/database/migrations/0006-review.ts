import type { Migration } from './migration.ts';

/** Listening in a good order: what each annotator's round consists of, and how often the model was right. */
export const review: Migration = {
  version: 6,
  sql: `
    -- What an annotator goes through at present; a new round takes the place of the one before.
    CREATE TABLE review_round (
      tier TEXT PRIMARY KEY NOT NULL,
      -- The only recording that it is about; null where it is about all.
      recording_id INTEGER REFERENCES recording (id) ON DELETE CASCADE,
      -- How many segments its audits were drawn from.
      population INTEGER NOT NULL
    ) STRICT;

    -- Whether one is dealt with is not stored: it shows in the annotator's segments, or in the audit.
    CREATE TABLE review_item (
      tier TEXT NOT NULL REFERENCES review_round (tier) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
      -- The random number by which it was drawn for the audit; null where it was chosen.
      draw REAL,
      PRIMARY KEY (tier, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX review_item_by_segment ON review_item (segment_id);

    -- What a person heard who did not see what the model says. Of a stretch and a model, so that a new
    -- analysis that says the same keeps it, and another model has to be audited anew.
    CREATE TABLE audit (
      recording_id INTEGER NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
      tier TEXT NOT NULL,
      model TEXT NOT NULL,
      "start" INTEGER NOT NULL,
      "end" INTEGER NOT NULL,
      model_label TEXT NOT NULL,
      answer TEXT NOT NULL,
      draw REAL NOT NULL,
      -- Whether it was drawn from all recordings, not from its own alone.
      of_all INTEGER NOT NULL CHECK (of_all IN (0, 1)),
      PRIMARY KEY (recording_id, tier, model, "start", "end")
    ) STRICT, WITHOUT ROWID;
  `,
};
