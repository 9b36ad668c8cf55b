import { recordedHere, type RecordedHere, type RecordedMark } from '#shared/domain/recorded.ts';
import type { Database, Row } from './connection.ts';
import { isNull, json, number, text } from './row.ts';

/** Columns for queries that {@link toRecorded} maps. */
export const recordedColumns = 'device, recovered, marks';

export interface Recorded {
  readonly put: (recordingId: number, recorded: RecordedHere) => void;
  /** Puts what `change` makes of a recording's marks in their place; those of a file have none. */
  readonly changeMarks: (
    recordingId: number,
    change: (marks: readonly RecordedMark[]) => readonly RecordedMark[],
  ) => void;
}

export function createRecorded(database: Database): Recorded {
  const put = database.prepare(
    `INSERT OR REPLACE INTO recorded (recording_id, ${recordedColumns}) VALUES (?, ?, ?, ?)`,
  );
  const find = database.prepare('SELECT marks FROM recorded WHERE recording_id = ?');
  const setMarks = database.prepare('UPDATE recorded SET marks = ? WHERE recording_id = ?');
  return {
    put: (recordingId, { device, recovered, marks }) => {
      put.run(recordingId, device, recovered ? 1 : 0, JSON.stringify(marks));
    },
    changeMarks: (recordingId, change) => {
      const row = find.get(recordingId);
      if (row) setMarks.run(JSON.stringify(change(toMarks(row))), recordingId);
    },
  };
}

/** @returns null where the recording was opened from a file (the cells of an outer join are empty) */
export function toRecorded(row: Row): RecordedHere | null {
  if (isNull(row, 'recovered')) return null;
  return {
    device: text(row, 'device'),
    recovered: number(row, 'recovered') === 1,
    marks: toMarks(row),
  };
}

function toMarks(row: Row): readonly RecordedMark[] {
  return json(row, 'marks', recordedHere.shape.marks, []);
}
