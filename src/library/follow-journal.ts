import type { Catalogue } from './catalogue.ts';
import { number } from './database/row.ts';
import type { Project } from './project.ts';
import type { Queue } from './queue/queue.ts';

/** The column that says which recording a row is about. */
const owners = {
  recording: 'id',
  recording_tag: 'recording_id',
  recorded: 'recording_id',
  job: 'recording_id',
} as const;

/** Tells the catalogue what acts, undo and redo change about recordings, and lets the queue go on. */
export function followJournal(
  { journal, recordings }: Pick<Project, 'journal' | 'recordings'>,
  catalogue: Catalogue,
  queue: Queue,
): void {
  journal.subscribe((changes) => {
    const ids = new Set<number>();
    for (const { table, before, after } of changes) {
      const owner = table in owners ? owners[table as keyof typeof owners] : undefined;
      const row = after ?? before;
      if (owner && row) ids.add(number(row, owner));
    }
    if (ids.size === 0) return;
    const removed = [...ids].filter((id) => !recordings.find(id));
    queue.abandon(removed);
    catalogue.tellRemoved(removed);
    catalogue.tellChanged([...ids].filter((id) => !removed.includes(id)));
    queue.wake();
  });
}
