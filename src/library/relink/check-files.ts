import type { Catalogue } from '../catalogue.ts';
import type { StoredRecording } from '../database/recordings.ts';
import { readFileState } from '../files/file-state.ts';
import type { Project } from '../project.ts';

/** Files looked for at once: a network disk answers slowly, and the process has other things to do. */
const atOnce = 16;

/** Looks which recordings' files are there, and tells of those of which that has changed. */
export async function checkFiles(project: Project, catalogue: Catalogue): Promise<void> {
  const left = [...project.recordings.list()];
  const found = new Map<number, boolean>();
  async function work(): Promise<void> {
    for (let next = left.pop(); next; next = left.pop()) {
      found.set(next.id, await isMissing(next));
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  catalogue.setMissing(found);
}

async function isMissing({ path }: StoredRecording): Promise<boolean> {
  return (await readFileState(path)) === null;
}
