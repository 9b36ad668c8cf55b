import { basename } from 'node:path';
import { UndertoneError } from '#shared/contract/errors.ts';
import { hashFile } from '#files/hash-file.ts';
import type { Catalogue } from '../catalogue.ts';
import type { StoredRecording } from '../database/recordings.ts';
import { readFileState } from '../files/file-state.ts';
import type { Project } from '../project.ts';
import type { Queue } from '../queue/queue.ts';

export interface RelinkOptions {
  readonly project: Project;
  readonly catalogue: Catalogue;
  readonly queue: Queue;
}

/**
 * Has a recording be the file at a path, if that has the content that was read once.
 *
 * @throws UndertoneError `not-the-recording`, `recording-known` or `file-missing`
 */
export async function relink(
  options: RelinkOptions,
  recording: StoredRecording,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const known = options.project.recordings.findByPath(path);
  if (known && known.id !== recording.id) {
    throw new UndertoneError('recording-known', { subject: path });
  }
  const { sound } = recording;
  if (sound && (await hashFile(path, { signal })) !== sound.sha256) {
    throw new UndertoneError('not-the-recording', { subject: path, detail: recording.name });
  }
  await moveTo(options, recording, path);
}

/** Puts down that a recording's file is at another path now; its content must be the same. */
export async function moveTo(
  { project, catalogue, queue }: RelinkOptions,
  recording: StoredRecording,
  path: string,
): Promise<void> {
  const { id, name, sound, job } = recording;
  const file = await readFileState(path);
  if (!file) throw new UndertoneError('file-missing', { subject: path });
  const { cache, recordings, sounds } = project;
  project.transaction(() => {
    recordings.setPath(id, path);
    // One that the person has named keeps that.
    if (name === basename(recording.path)) recordings.setName(id, basename(path));
    if (!sound) return;
    const isItself = cache.fromStored(sound.canonicalPath) === recording.path;
    const canonicalPath = isItself ? cache.toStored(path) : sound.canonicalPath;
    sounds.put(id, { ...sound, canonicalPath, file });
  });
  catalogue.setMissing(new Map([[id, false]]));
  catalogue.tellChanged([id]);
  if (job.kind === 'failed') queue.enqueue([id]);
}
