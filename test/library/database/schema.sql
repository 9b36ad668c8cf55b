CREATE TABLE analysis (
  recording_id INTEGER PRIMARY KEY REFERENCES recording (id) ON DELETE CASCADE,
  model TEXT NOT NULL,
  label_set_id INTEGER NOT NULL REFERENCES label_set (id),
  window_seconds REAL NOT NULL,
  hop_seconds REAL NOT NULL,
  ribbon TEXT NOT NULL,
  made_at TEXT NOT NULL
, model_sha256 TEXT NOT NULL DEFAULT '', unsure_below REAL NOT NULL DEFAULT 0.4, profile_id TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX analysis_by_model ON analysis (model);

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

CREATE INDEX edit_by_holds ON edit (holds, id);

CREATE INDEX edit_by_parent ON edit (parent_id, holds, undone_order);

CREATE INDEX edit_by_undone_order ON edit (undone_order);

CREATE TABLE edit_change (
  id INTEGER PRIMARY KEY,
  edit_id INTEGER NOT NULL REFERENCES edit (id),
  table_name TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;

CREATE INDEX edit_change_by_edit ON edit_change (edit_id);

CREATE TABLE job (
  recording_id INTEGER PRIMARY KEY REFERENCES recording (id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  -- The lowest is taken first.
  position INTEGER NOT NULL,
  -- How often the engine died at it.
  engine_losses INTEGER NOT NULL,
  error TEXT CHECK ((error IS NOT NULL) = (state = 'failed'))
, batch INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0, kept INTEGER NOT NULL DEFAULT 0 CHECK (kept IN (0, 1))) STRICT;

CREATE INDEX job_by_batch ON job (batch, state);

CREATE INDEX job_by_position ON job (position);

CREATE INDEX job_by_state ON job (state, position);

CREATE TABLE label (
  name TEXT PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL,
  colour TEXT,
  key INTEGER CHECK (key BETWEEN 1 AND 9)
) STRICT;

CREATE TABLE label_set (
  id INTEGER PRIMARY KEY,
  labels TEXT NOT NULL UNIQUE
) STRICT;

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

CREATE TABLE recorded (
  recording_id INTEGER PRIMARY KEY REFERENCES recording (id) ON DELETE CASCADE,
  device TEXT NOT NULL,
  recovered INTEGER NOT NULL CHECK (recovered IN (0, 1)),
  -- JSON: moments that were marked, in samples of the canonical sound.
  marks TEXT NOT NULL
) STRICT;

CREATE TABLE recording (
  -- AUTOINCREMENT, so that the id of a removed recording, which names cache files, is not given again.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  added_at TEXT NOT NULL
, speaker TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', removed_at TEXT, profile_id TEXT NOT NULL DEFAULT '', consent TEXT NOT NULL DEFAULT 'not stated'
  CHECK (consent IN ('not stated', 'given', 'refused', 'withdrawn')), source TEXT NOT NULL DEFAULT '', licence TEXT NOT NULL DEFAULT '', keep_until TEXT, difficult INTEGER NOT NULL DEFAULT 0
  CHECK (difficult IN (0, 1))) STRICT;

CREATE INDEX recording_by_removal ON recording (removed_at);

CREATE INDEX recording_by_tag ON recording_tag (tag);

CREATE TABLE recording_tag (
  recording_id INTEGER NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (recording_id, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_item (
  tier TEXT NOT NULL REFERENCES review_round (tier) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
  -- The random number by which it was drawn for the audit; null where it was chosen.
  draw REAL,
  PRIMARY KEY (tier, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX review_item_by_segment ON review_item (segment_id);

CREATE TABLE review_round (
  tier TEXT PRIMARY KEY NOT NULL,
  -- The only recording that it is about; null where it is about all.
  recording_id INTEGER REFERENCES recording (id) ON DELETE CASCADE,
  -- How many segments its audits were drawn from.
  population INTEGER NOT NULL
) STRICT;

CREATE TABLE segment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  recording_id INTEGER NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
  tier TEXT NOT NULL,
  "start" INTEGER NOT NULL CHECK ("start" >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > "start"),
  label TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  probabilities TEXT NOT NULL,
  label_set_id INTEGER REFERENCES label_set (id),
  source TEXT NOT NULL CHECK (source IN ('model', 'person')),
  annotator TEXT NOT NULL,
  model TEXT NOT NULL
, note TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX segment_by_label ON segment (label, recording_id);

CREATE INDEX segment_by_time ON segment (recording_id, tier, "start");

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE sound (
  recording_id INTEGER PRIMARY KEY REFERENCES recording (id) ON DELETE CASCADE,
  sha256 TEXT NOT NULL,
  sample_rate INTEGER NOT NULL CHECK (sample_rate > 0),
  channels INTEGER NOT NULL CHECK (channels > 0),
  samples INTEGER NOT NULL CHECK (samples >= 0),
  damaged TEXT,
  -- Relative to the cache folder where they are in it, so that a project can be moved or copied.
  canonical_path TEXT NOT NULL,
  peaks_path TEXT NOT NULL,
  -- Of the file as it was read, to see later whether it has changed.
  file_size INTEGER NOT NULL,
  file_modified_ms REAL NOT NULL
, uncertain_start_seconds REAL) STRICT;

CREATE INDEX sound_by_content ON sound (sha256);

CREATE INDEX sound_by_size ON sound (file_size);

CREATE TABLE speaker_profile (
  id TEXT PRIMARY KEY NOT NULL,
  -- Of the contents of the recordings that it was measured over, all together.
  sounds TEXT NOT NULL,
  recordings INTEGER NOT NULL,
  -- JSON.
  profile TEXT NOT NULL
) STRICT;

CREATE TABLE speech (
  recording_id INTEGER PRIMARY KEY REFERENCES recording (id) ON DELETE CASCADE,
  spoken INTEGER NOT NULL,
  unsure INTEGER NOT NULL
) STRICT;

CREATE TABLE tier (
  id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('model', 'annotator', 'speakers')),
  name TEXT NOT NULL UNIQUE,
  position INTEGER NOT NULL
) STRICT;
