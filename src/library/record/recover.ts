import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../project.ts';
import { registerTake } from './register.ts';
import { readSidecar, removeSidecar, unfinishedRecordings } from './sidecar.ts';
import { repairWavFile } from './wav-file.ts';

/**
 * Finishes recordings that nobody finished, since the process that wrote them was killed: each becomes a
 * recording of the library, marked as recovered. One without any sound is taken away.
 *
 * @throws UndertoneError `not-writable`
 */
export async function recoverRecordings(project: Project): Promise<void> {
  for (const path of await unfinishedRecordings(join(project.folder, 'recordings'))) {
    const frames = existsSync(path) ? await repairWavFile(path) : 0;
    if (frames === 0) await rm(path, { force: true });
    // Killed between the entry in the database and the end of the sidecar, it is known already.
    else if (!project.recordings.findByPath(path)) {
      registerTake(project, path, { ...(await readSidecar(path)), recovered: true });
    }
    await removeSidecar(path);
  }
}
