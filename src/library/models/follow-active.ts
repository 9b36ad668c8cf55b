import type { RowChange } from '../database/journal/changes.ts';
import type { Project } from '../project.ts';
import type { Queue } from '../queue/queue.ts';
import type { ActiveModel } from './active-model.ts';

interface Parts {
  readonly project: Project;
  readonly queue: Queue;
  readonly active: ActiveModel;
}

/**
 * Has recordings analysed again whenever an act, undo or redo makes another model the active one.
 *
 * @param onChange told after that
 * @returns a function that ends it
 */
export function followActive(parts: Parts, onChange: () => void): () => void {
  return parts.project.journal.subscribe((changes) => {
    if (!changes.some(isAboutModel)) return;
    // What runs was begun with the model before.
    parts.queue.hold()();
    reanalyse(parts);
    onChange();
  });
}

function isAboutModel({ table, before, after }: RowChange): boolean {
  return table === 'setting' && (after ?? before)?.['key'] === 'model';
}

/** Queues what another model analysed; also at a start, for the process may have ended before it did. */
export function reanalyse({ project, queue, active }: Parts): void {
  queue.enqueue(project.versions.outdated(active.version()?.id ?? null));
}
