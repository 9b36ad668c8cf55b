import { basename } from 'node:path';
import type { RecordedHere } from '#shared/domain/recorded.ts';
import type { Project } from '../project.ts';

/** Makes a finished file a recording like any other, next in line for analysis. @returns its id */
export function registerTake(project: Project, path: string, recorded: RecordedHere): number {
  return project.transaction(() => {
    const addedAt = new Date().toISOString();
    const id = project.recordings.add({ path, name: basename(path), addedAt });
    project.recorded.put(id, recorded);
    project.jobs.enqueue(id);
    project.jobs.enqueueFirst(id);
    return id;
  });
}
