CREATE TABLE analysis (
  recording_id INTEGER PRIMARY KEY REFERENCES recording (id) ON DELETE CASCADE,
  model TEXT NOT NULL,
  label_set_id INTEGER NOT NULL REFERENCES label_set (id),
  window_seconds REAL NOT NULL,
  hop_seconds REAL NOT NULL,
  ribbon TEXT NOT NULL,
  made_at TEXT NOT NULL
) STRICT;

CREATE TABLE job (
  recording_id INTEGER PRIMARY KEY REFERENCES recording (id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  -- The lowest is taken first.
  position INTEGER NOT NULL,
  -- How often the engine died at it.
  engine_losses INTEGER NOT NULL,
  error TEXT CHECK ((error IS NOT NULL) = (state = 'failed'))
) STRICT;

CREATE INDEX job_by_position ON job (position);

CREATE INDEX job_by_state ON job (state, position);

CREATE TABLE label_set (
  id INTEGER PRIMARY KEY,
  labels TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE recording (
  -- AUTOINCREMENT, so that the id of a removed recording, which names cache files, is not given again.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  added_at TEXT NOT NULL
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
) STRICT;

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
) STRICT;
