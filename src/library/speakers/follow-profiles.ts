import type { RowChange } from '../database/journal/changes.ts';
import type { Project } from '../project.ts';
import type { Queue } from '../queue/queue.ts';

interface Parts {
  readonly project: Project;
  readonly queue: Queue;
}

/**
 * Has recordings analysed again whenever an act, undo or redo changes what they are normalised by; also those
 * where the process ended before it did.
 *
 * @returns a function that ends it
 */
export function followProfiles({ project, queue }: Parts): () => void {
  const renew = (): void => {
    queue.enqueue(project.profiles.outdated());
  };
  renew();
  return project.journal.subscribe((changes) => {
    if (!changes.some(isAboutProfile)) return;
    // What runs may have been begun with the profile before.
    queue.hold()();
    renew();
  });
}

function isAboutProfile({ table, before, after }: RowChange): boolean {
  return table === 'recording' && before?.['profile_id'] !== after?.['profile_id'];
}
