import { analysisColumns, toAnalysis, type StoredAnalysis } from './analyses.ts';
import type { Database, Row } from './connection.ts';
import { jobColumns, toJobState, type JobState } from './jobs.ts';
import { number, text } from './row.ts';
import { soundColumns, toSound, type StoredSound } from './sounds.ts';

/** A recording with all that is stored of it in one piece. */
export interface StoredRecording {
  readonly id: number;
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  /** ISO 8601. */
  readonly addedAt: string;
  /** Null until the file has been read once. */
  readonly sound: StoredSound | null;
  /** Null until it has been analysed once. */
  readonly analysis: StoredAnalysis | null;
  readonly job: JobState;
}

export interface Recordings {
  /** In the order in which they were added. */
  readonly list: () => readonly StoredRecording[];
  readonly find: (id: number) => StoredRecording | undefined;
  readonly findByPath: (path: string) => StoredRecording | undefined;
  /** Adds the row alone; without a job it is not yet a recording that the others find. @returns its id */
  readonly add: (recording: Pick<StoredRecording, 'path' | 'name' | 'addedAt'>) => number;
  /** Removes it with all that belongs to it. */
  readonly remove: (id: number) => void;
}

const selection = `
  SELECT recording.id, path, name, added_at, ${soundColumns}, ${analysisColumns}, ${jobColumns}
  FROM recording
  JOIN job ON job.recording_id = recording.id
  LEFT JOIN sound ON sound.recording_id = recording.id
  LEFT JOIN analysis ON analysis.recording_id = recording.id
  LEFT JOIN label_set ON label_set.id = analysis.label_set_id`;

export function createRecordings(database: Database): Recordings {
  const list = database.prepare(`${selection} ORDER BY recording.id`);
  const find = database.prepare(`${selection} WHERE recording.id = ?`);
  const findByPath = database.prepare(`${selection} WHERE path = ?`);
  const add = database.prepare('INSERT INTO recording (path, name, added_at) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM recording WHERE id = ?');
  const mapped = (row: Row | undefined): StoredRecording | undefined => row && toRecording(row);
  return {
    list: () => list.all().map(toRecording),
    find: (id) => mapped(find.get(id)),
    findByPath: (path) => mapped(findByPath.get(path)),
    add: ({ path, name, addedAt }) => add.run(path, name, addedAt),
    remove: (id) => {
      remove.run(id);
    },
  };
}

function toRecording(row: Row): StoredRecording {
  return {
    id: number(row, 'id'),
    path: text(row, 'path'),
    name: text(row, 'name'),
    addedAt: text(row, 'added_at'),
    sound: toSound(row),
    analysis: toAnalysis(row),
    job: toJobState(row),
  };
}
