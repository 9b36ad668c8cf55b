import { errorShape, type ErrorShape } from '#shared/contract/errors.ts';
import type { Database, Row } from './connection.ts';
import { json, number, text } from './row.ts';

/** How far reading and analysing a recording has come. */
export type JobState =
  | { readonly kind: 'queued' | 'running' | 'done' | 'cancelled' }
  | { readonly kind: 'failed'; readonly error: ErrorShape };

/** Columns for queries that {@link toJobState} maps. */
export const jobColumns = 'state, error';

export interface Jobs {
  /** The recording whose turn it is: the one that has waited longest, unless another was called forward. */
  readonly next: () => number | undefined;
  /** Puts a recording at the end of the queue; one that waits already keeps its place. */
  readonly enqueue: (recordingId: number) => void;
  /** Puts a recording at the head of the queue. */
  readonly enqueueFirst: (recordingId: number) => void;
  readonly set: (recordingId: number, state: JobState) => void;
  /** Queues a running one again where it was, since the engine died at it. @returns how often that was */
  readonly countEngineLoss: (recordingId: number) => number;
  /** Queues again what was running when the process before this one ended. */
  readonly resume: () => void;
}

export function createJobs(database: Database): Jobs {
  const next = database.prepare(
    `SELECT recording_id FROM job WHERE state = 'queued' ORDER BY position LIMIT 1`,
  );
  const enqueue = database.prepare(
    `INSERT INTO job (recording_id, state, position, engine_losses)
     VALUES (?, 'queued', (SELECT coalesce(max(position), 0) + 1 FROM job), 0)
     ON CONFLICT (recording_id) DO UPDATE
       SET state = 'queued', position = excluded.position, engine_losses = 0, error = NULL
       WHERE state <> 'queued'`,
  );
  const enqueueFirst = database.prepare(
    `UPDATE job
     SET state = 'queued', position = (SELECT min(position) - 1 FROM job), engine_losses = 0, error = NULL
     WHERE recording_id = ?`,
  );
  const set = database.prepare('UPDATE job SET state = ?, error = ? WHERE recording_id = ?');
  const countLoss = database.prepare(
    `UPDATE job SET state = 'queued', engine_losses = engine_losses + 1
     WHERE recording_id = ? RETURNING engine_losses`,
  );
  return {
    next: () => {
      const row = next.get();
      return row && number(row, 'recording_id');
    },
    enqueue: (recordingId) => {
      enqueue.run(recordingId);
    },
    enqueueFirst: (recordingId) => {
      enqueueFirst.run(recordingId);
    },
    set: (recordingId, state) => {
      const error = state.kind === 'failed' ? JSON.stringify(state.error) : null;
      set.run(state.kind, error, recordingId);
    },
    countEngineLoss: (recordingId) => number(countLoss.get(recordingId) ?? {}, 'engine_losses'),
    resume: () => {
      database.exec(`UPDATE job SET state = 'queued' WHERE state = 'running'`);
    },
  };
}

export function toJobState(row: Row): JobState {
  const kind = text(row, 'state');
  switch (kind) {
    case 'queued':
    case 'running':
    case 'done':
    case 'cancelled':
      return { kind };
    case 'failed':
      return { kind, error: json(row, 'error', errorShape) };
    default:
      throw new Error(`A job is ${kind}.`);
  }
}
