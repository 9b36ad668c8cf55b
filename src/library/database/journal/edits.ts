import type { HistoryEntry } from '#shared/contract/annotation.ts';
import type { Database, Row } from '../connection.ts';
import { isNull, number, text } from '../row.ts';

/** An act as it is stored; see the table for how acts hang together. */
export interface StoredEdit extends HistoryEntry {
  /** The act that it was done on top of; null for the first one. */
  readonly parentId: number | null;
}

export interface Edits {
  /** The newest act that holds; null where none does. */
  readonly head: () => StoredEdit | null;
  /** What redo would do on top of an act (null: of nothing): the one that was undone last. */
  readonly next: (id: number | null) => StoredEdit | null;
  readonly find: (id: number) => StoredEdit | null;
  /** Newest first, those that were undone among them. */
  readonly list: (before: number | null, limit: number) => readonly StoredEdit[];
  /** Adds an act that holds, on top of the newest one. @returns its id */
  readonly add: (parentId: number | null, recordingId: number | null) => number;
  readonly name: (id: number, words: string) => void;
  readonly remove: (id: number) => void;
  readonly setUndone: (id: number) => void;
  readonly setRedone: (id: number) => void;
}

const selection = `
  SELECT edit.id, parent_id, at, words, recording_id, holds, recording.name AS recording_name
  FROM edit LEFT JOIN recording ON recording.id = recording_id`;

export function createEdits(database: Database): Edits {
  const head = database.prepare(`${selection} WHERE holds = 1 ORDER BY edit.id DESC LIMIT 1`);
  const next = database.prepare(
    `${selection} WHERE parent_id IS ? AND holds = 0 ORDER BY undone_order DESC LIMIT 1`,
  );
  const find = database.prepare(`${selection} WHERE edit.id = ?`);
  const list = database.prepare(`${selection} WHERE edit.id < ? ORDER BY edit.id DESC LIMIT ?`);
  const add = database.prepare(
    `INSERT INTO edit (parent_id, at, words, recording_id, holds, undone_order) VALUES (?, ?, '', ?, 1, 0)`,
  );
  const name = database.prepare('UPDATE edit SET words = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM edit WHERE id = ?');
  const undone = database.prepare(
    `UPDATE edit SET holds = 0, undone_order = (SELECT max(undone_order) + 1 FROM edit) WHERE id = ?`,
  );
  const redone = database.prepare('UPDATE edit SET holds = 1 WHERE id = ?');
  return {
    head: () => toEdit(head.get()),
    next: (id) => toEdit(next.get(id)),
    find: (id) => toEdit(find.get(id)),
    list: (before, limit) =>
      list.all(before ?? Number.MAX_SAFE_INTEGER, limit).flatMap((row) => toEdit(row) ?? []),
    add: (parentId, recordingId) => add.run(parentId, new Date().toISOString(), recordingId),
    name: (id, words) => {
      name.run(words, id);
    },
    remove: (id) => {
      remove.run(id);
    },
    setUndone: (id) => {
      undone.run(id);
    },
    setRedone: (id) => {
      redone.run(id);
    },
  };
}

function toEdit(row: Row | undefined): StoredEdit | null {
  if (!row) return null;
  return {
    id: number(row, 'id'),
    parentId: isNull(row, 'parent_id') ? null : number(row, 'parent_id'),
    at: text(row, 'at'),
    words: text(row, 'words'),
    recordingId: isNull(row, 'recording_id') ? null : number(row, 'recording_id'),
    recording: isNull(row, 'recording_name') ? '' : text(row, 'recording_name'),
    undone: number(row, 'holds') === 0,
  };
}
