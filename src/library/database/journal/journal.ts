import type { HistoryEntry, HistoryState } from '#shared/contract/annotation.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Database } from '../connection.ts';
import { createCapture } from './capture.ts';
import { createChanges, inverse, type RowChange } from './changes.ts';
import { createEdits, type StoredEdit } from './edits.ts';

interface Act<T> {
  /** What was done, in the past tense: "Moved 2 segments". */
  readonly words: string | ((result: T) => string);
  /** The one recording that it is about; null for any other act. */
  readonly recordingId: number | null;
}

/** What was changed by an act, an undo or a redo, told once it is committed. */
type JournalListener = (changes: readonly RowChange[]) => void;

/** Everything that people do to a project, and the way back through all of it. */
export interface Journal {
  /**
   * Does `work` as one act: one transaction, one step of undo. Whatever rows of the journaled tables it
   * changes are put down by themselves. An act that changes none leaves no trace.
   *
   * @param work must not be asynchronous, and reads what it decides upon itself
   */
  readonly act: <T>(act: Act<T>, work: () => T) => T;
  /** @returns the act that was undone; null where none is left */
  readonly undo: () => HistoryEntry | null;
  readonly redo: () => HistoryEntry | null;
  /**
   * Undoes and redoes until an act is the newest one that holds; 0 is the beginning.
   *
   * @throws UndertoneError `not-found`
   */
  readonly goTo: (id: number) => void;
  readonly state: () => HistoryState;
  /** Newest first, those before an id (null: from the newest). */
  readonly list: (before: number | null, limit: number) => readonly HistoryEntry[];
  /** @returns a function that ends the subscription */
  readonly subscribe: (listener: JournalListener) => () => void;
}

export function createJournal(database: Database): Journal {
  const edits = createEdits(database);
  const changes = createChanges(database);
  const capture = createCapture(database);
  const listeners = new Set<JournalListener>();

  function tell(told: readonly RowChange[]): void {
    if (told.length === 0) return;
    for (const listener of [...listeners]) listener(told);
  }

  function undoEdit({ id }: StoredEdit): readonly RowChange[] {
    const back = changes.of(id).toReversed().map(inverse);
    back.forEach(changes.apply);
    edits.setUndone(id);
    return back;
  }

  function redoEdit({ id }: StoredEdit): readonly RowChange[] {
    const forth = changes.of(id);
    forth.forEach(changes.apply);
    edits.setRedone(id);
    return forth;
  }

  /** Applies stored changes: rows may refer to each other in any order until all of them are there. */
  function walk<T extends { readonly changes: readonly RowChange[] }>(steps: () => T): T {
    const walked = database.transaction(() => {
      database.exec('PRAGMA defer_foreign_keys = ON');
      return steps();
    });
    tell(walked.changes);
    return walked;
  }

  return {
    act: ({ words, recordingId }, work) => {
      const done = database.transaction(() => {
        const id = edits.add(edits.head()?.id ?? null, recordingId);
        capture.open(id);
        const result = work();
        capture.close();
        const made = changes.of(id);
        if (made.length === 0) edits.remove(id);
        else edits.name(id, typeof words === 'string' ? words : words(result));
        return { result, made };
      });
      tell(done.made);
      return done.result;
    },
    undo: () =>
      walk(() => {
        const head = edits.head();
        return { entry: head && toEntry(head, true), changes: head ? undoEdit(head) : [] };
      }).entry,
    redo: () =>
      walk(() => {
        const next = edits.next(edits.head()?.id ?? null);
        return { entry: next && toEntry(next, false), changes: next ? redoEdit(next) : [] };
      }).entry,
    goTo: (id) => {
      walk(() => {
        const forth = pathTo(edits.find, id);
        const from = forth[0] ? forth[0].parentId : id === 0 ? null : id;
        const undone: RowChange[] = [];
        for (let head = edits.head(); head && head.id !== from; head = edits.head()) {
          undone.push(...undoEdit(head));
        }
        return { changes: [...undone, ...forth.flatMap(redoEdit)] };
      });
    },
    state: () => {
      const head = edits.head();
      const next = edits.next(head?.id ?? null);
      return { undo: head && toEntry(head), redo: next && toEntry(next) };
    },
    list: (before, limit) => edits.list(before, limit).map((edit) => toEntry(edit)),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** The acts to redo on the way to one, oldest first, counted from the newest of its line that holds. */
function pathTo(find: (id: number) => StoredEdit | null, id: number): readonly StoredEdit[] {
  const path: StoredEdit[] = [];
  for (let at: number | null = id === 0 ? null : id; at !== null;) {
    const edit = find(at);
    if (!edit) throw new UndertoneError('not-found', { subject: 'This step' });
    if (!edit.undone) break;
    path.unshift(edit);
    at = edit.parentId;
  }
  return path;
}

function toEntry(edit: StoredEdit, undone = edit.undone): HistoryEntry {
  const { id, at, words, recordingId, recording } = edit;
  return { id, at, words, recordingId, recording, undone };
}
