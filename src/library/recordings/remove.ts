import { rm } from 'node:fs/promises';
import { sep } from 'node:path';
import type { DeletedForGood } from '#shared/contract/catalogue.ts';
import { withWriteErrors } from '#files/file-errors.ts';
import { longestKept } from '../backup/rotation.ts';
import type { StoredRecording } from '../database/recordings.ts';
import type { Project } from '../project.ts';
import type { Queue } from '../queue/queue.ts';
import { namesOf } from './describe.ts';

/** Takes recordings off the list, in one act; everything stays where it is, so that it can be undone. */
export function removeRecordings(
  { journal, jobs, recordings }: Project,
  queue: Queue,
  removed: readonly StoredRecording[],
): void {
  for (const { id, job } of removed) {
    // Not a part of the act: put back, it is to wait its turn and not to seem at work.
    if (job.kind === 'running') jobs.set(id, { kind: 'queued' });
  }
  queue.abandon(removed.map(({ id }) => id));
  const at = new Date().toISOString();
  journal.act({ words: `Took ${namesOf(removed)} off the list`, recordingId: null }, () => {
    for (const { id } of removed) recordings.setRemoved(id, at);
  });
}

export function putBackRecordings(
  { journal, recordings }: Project,
  removed: readonly StoredRecording[],
): void {
  journal.act({ words: `Put ${namesOf(removed)} back on the list`, recordingId: null }, () => {
    for (const { id } of removed) recordings.setRemoved(id, null);
  });
}

/** Whether a recording's sound lies in the project folder, and goes with the recording. */
export function isInside(project: Project, { path }: StoredRecording): boolean {
  return path.startsWith(project.folder + sep);
}

/**
 * Deletes recordings with everything that was made or noted of them, history included, and the sound that
 * was recorded here. Nothing is left of it in the database file.
 *
 * @returns how many there were, and until when backups may still hold what was noted
 */
export async function deleteForGood(
  project: Project,
  removed: readonly StoredRecording[],
): Promise<DeletedForGood> {
  await project.backups.whenIdle();
  project.transaction(() => {
    for (const { id } of removed) {
      project.forget(id);
      project.recordings.remove(id);
    }
    project.profiles.prune();
  });
  project.checkpoint();
  await project.removeDerivedFiles(removed);
  for (const recording of removed) {
    if (!isInside(project, recording)) continue;
    await withWriteErrors(recording.path, () => rm(recording.path, { force: true }));
  }
  const [newest] = await project.backups.list();
  const inBackupsUntil = newest ? new Date(newest.time + longestKept).toISOString() : null;
  return { deleted: removed.length, inBackupsUntil };
}
