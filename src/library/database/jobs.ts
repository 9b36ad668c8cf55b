import {
  errorShape,
  toErrorShape,
  UndertoneError,
  type ErrorShape,
} from '#shared/contract/errors.ts';
import type { Database, Row } from './connection.ts';
import { json, number, text } from './row.ts';

/** How far reading and analysing a recording has come. */
export type JobState =
  | { readonly kind: 'queued' | 'running' | 'done' | 'cancelled' }
  | { readonly kind: 'failed'; readonly error: ErrorShape };

/** Where the reason of a failure cannot be read any more. */
const unknownError = toErrorShape(
  new UndertoneError('internal', { detail: 'the reason was damaged' }),
);

/** Columns for queries that {@link toJobState} maps. */
export const jobColumns = 'state, error';

/** Jobs of one kind, and the size of their files as a measure of the work. */
export interface JobGroup {
  readonly kind: JobState['kind'];
  /** Whether they were done without any work. */
  readonly kept: boolean;
  readonly jobs: number;
  readonly bytes: number;
}

export interface Jobs {
  /** The recording whose turn it is: the one that has waited longest, unless another was called forward. */
  readonly next: () => number | undefined;
  /** Those that wait, in the order of their turns. */
  readonly waiting: () => readonly number[];
  /**
   * Puts a recording at the end of the queue; one that waits already keeps its place.
   *
   * @param bytes of its file, where that was looked at
   */
  readonly enqueue: (recordingId: number, bytes?: number) => void;
  /** Puts a recording at the head of the queue. */
  readonly enqueueFirst: (recordingId: number) => void;
  readonly set: (recordingId: number, state: JobState) => void;
  /** It was up to date. */
  readonly setKept: (recordingId: number) => void;
  /** Queues a running one again where it was, since the engine died at it. @returns how often that was */
  readonly countEngineLoss: (recordingId: number) => number;
  /** Queues again what was running when the process before this one ended. */
  readonly resume: () => void;
  /** All that waits or runs, and what has ended since the queue was last empty. */
  readonly count: () => readonly JobGroup[];
  /** The same measure as in {@link count}, of one. */
  readonly bytesOf: (recordingId: number) => number;
}

/** What is queued joins what waits already, and begins a new batch where nothing does. */
const batch = `(
  SELECT coalesce(max(batch), 0) + iif(EXISTS (
    SELECT 1 FROM job JOIN recording ON recording.id = recording_id
    WHERE state IN ('queued', 'running') AND removed_at IS NULL), 0, 1) FROM job)`;

/** As it was read, or else as it was when it was queued; at least one, for every job is some work. */
const bytes = 'max(1, coalesce(file_size, bytes))';

export function createJobs(database: Database): Jobs {
  const waiting = `
    FROM job JOIN recording ON recording.id = recording_id
    WHERE state = 'queued' AND removed_at IS NULL ORDER BY position`;
  const next = database.prepare(`SELECT recording_id ${waiting} LIMIT 1`);
  const all = database.prepare(`SELECT recording_id ${waiting}`);
  const enqueue = database.prepare(
    `INSERT INTO job (recording_id, state, position, engine_losses, batch, bytes)
     VALUES (?, 'queued', (SELECT coalesce(max(position), 0) + 1 FROM job), 0, ${batch}, ?)
     ON CONFLICT (recording_id) DO UPDATE
       SET state = 'queued', position = excluded.position, engine_losses = 0, error = NULL, kept = 0,
           batch = excluded.batch, bytes = max(bytes, excluded.bytes)
       WHERE state <> 'queued'`,
  );
  const enqueueFirst = database.prepare(
    `UPDATE job
     SET state = 'queued', position = (SELECT min(position) - 1 FROM job), engine_losses = 0, error = NULL,
         kept = 0, batch = ${batch}
     WHERE recording_id = ?`,
  );
  const set = database.prepare(
    'UPDATE job SET state = ?, error = ?, kept = ? WHERE recording_id = ?',
  );
  const countLoss = database.prepare(
    `UPDATE job SET state = 'queued', engine_losses = engine_losses + 1
     WHERE recording_id = ? RETURNING engine_losses`,
  );
  return {
    next: () => {
      const row = next.get();
      return row && number(row, 'recording_id');
    },
    waiting: () => all.all().map((row) => number(row, 'recording_id')),
    enqueue: (recordingId, size = 0) => {
      enqueue.run(recordingId, size);
    },
    enqueueFirst: (recordingId) => {
      enqueueFirst.run(recordingId);
    },
    set: (recordingId, state) => {
      const error = state.kind === 'failed' ? JSON.stringify(state.error) : null;
      set.run(state.kind, error, 0, recordingId);
    },
    setKept: (recordingId) => {
      set.run('done', null, 1, recordingId);
    },
    countEngineLoss: (recordingId) => number(countLoss.get(recordingId) ?? {}, 'engine_losses'),
    resume: () => {
      database.exec(`UPDATE job SET state = 'queued' WHERE state = 'running'`);
    },
    ...createCounts(database),
  };
}

function createCounts(database: Database): Pick<Jobs, 'count' | 'bytesOf'> {
  const count = database.prepare(
    `SELECT state, kept, count(*) AS jobs, sum(${bytes}) AS bytes
     FROM job JOIN recording ON recording.id = recording_id LEFT JOIN sound USING (recording_id)
     WHERE removed_at IS NULL
       AND (state IN ('queued', 'running') OR batch = (SELECT max(batch) FROM job))
     GROUP BY state, kept`,
  );
  const bytesOf = database.prepare(
    `SELECT ${bytes} AS bytes FROM job LEFT JOIN sound USING (recording_id) WHERE recording_id = ?`,
  );
  return {
    count: () =>
      count.all().map((row) => ({
        kind: kindOf(row),
        kept: number(row, 'kept') === 1,
        jobs: number(row, 'jobs'),
        bytes: number(row, 'bytes'),
      })),
    bytesOf: (recordingId) => number(bytesOf.get(recordingId) ?? {}, 'bytes'),
  };
}

export function toJobState(row: Row): JobState {
  const kind = kindOf(row);
  return kind === 'failed'
    ? { kind, error: json(row, 'error', errorShape, unknownError) }
    : { kind };
}

function kindOf(row: Row): JobState['kind'] {
  const kind = text(row, 'state');
  switch (kind) {
    case 'queued':
    case 'running':
    case 'done':
    case 'cancelled':
    case 'failed':
      return kind;
    default:
      throw new Error(`A job is ${kind}.`);
  }
}
