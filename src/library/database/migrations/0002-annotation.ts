import type { Migration } from './migration.ts';

/** What people add to recordings (tiers, labels, notes, tags), and the journal of everything they do. */
export const annotation: Migration = {
  version: 2,
  sql: `
    -- The rows of segments under a waveform, the same in every recording; segment.tier names one.
    CREATE TABLE tier (
      id TEXT PRIMARY KEY NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('model', 'annotator', 'speakers')),
      name TEXT NOT NULL UNIQUE,
      position INTEGER NOT NULL
    ) STRICT;
    INSERT INTO tier (id, kind, name, position)
    VALUES ('model', 'model', 'Model', 0), ('annotator-1', 'annotator', 'Annotator 1', 1);

    -- The labels on offer, where the project has changed those of the model or added its own.
    CREATE TABLE label (
      name TEXT PRIMARY KEY NOT NULL,
      position INTEGER NOT NULL,
      colour TEXT,
      key INTEGER CHECK (key BETWEEN 1 AND 9)
    ) STRICT;

    -- Whose a segment is, its tier knows: segment.annotator is no longer read.
    ALTER TABLE segment ADD COLUMN note TEXT NOT NULL DEFAULT '';

    ALTER TABLE recording ADD COLUMN speaker TEXT NOT NULL DEFAULT '';
    ALTER TABLE recording ADD COLUMN note TEXT NOT NULL DEFAULT '';
    -- Set where a person took it off the list, which can be undone.
    ALTER TABLE recording ADD COLUMN removed_at TEXT;
    CREATE TABLE recording_tag (
      recording_id INTEGER NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
      tag TEXT NOT NULL,
      PRIMARY KEY (recording_id, tag)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX recording_by_tag ON recording_tag (tag);

    -- Acts of people. Each knows the one that it was done on top of, so that history is a tree and nothing
    -- undone is ever lost; those that hold are the path from its root to the newest of them.
    CREATE TABLE edit (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      parent_id INTEGER REFERENCES edit (id),
      at TEXT NOT NULL,
      words TEXT NOT NULL,
      -- Without a reference: the history of a recording outlives it.
      recording_id INTEGER,
      holds INTEGER NOT NULL CHECK (holds IN (0, 1)),
      -- Rises with every undo; of the acts on top of the same one, redo takes the one undone last.
      undone_order INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX edit_by_parent ON edit (parent_id, holds, undone_order);
    CREATE INDEX edit_by_holds ON edit (holds, id);
    CREATE INDEX edit_by_undone_order ON edit (undone_order);

    -- The rows that acts changed, in order: whole rows as JSON objects, null where there was or is none.
    CREATE TABLE edit_change (
      id INTEGER PRIMARY KEY,
      edit_id INTEGER NOT NULL REFERENCES edit (id),
      table_name TEXT NOT NULL,
      before TEXT,
      after TEXT
    ) STRICT;
    CREATE INDEX edit_change_by_edit ON edit_change (edit_id);
  `,
};
