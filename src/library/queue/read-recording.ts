import { UndertoneError } from '#shared/contract/errors.ts';
import type { CallOptions } from '#shared/rpc/connect.ts';
import type { StoredRecording } from '../database/recordings.ts';
import type { StoredSound } from '../database/sounds.ts';
import type { EngineCall } from '../engine-link.ts';
import { readFileState } from '../files/file-state.ts';
import type { Project } from '../project.ts';

/**
 * Has the engine decode a recording's file, and stores what it found. Where the file is no longer the one
 * that was analysed, that analysis is taken away: it belongs to another sound.
 *
 * @returns what was stored, and whether the sound is another one than before
 * @throws UndertoneError as the engine does, `file-missing`, or `not-found` where it was removed meanwhile
 */
export async function readRecording(
  project: Project,
  recording: StoredRecording,
  call: EngineCall,
  options: CallOptions,
): Promise<{ readonly sound: StoredSound; readonly isAnother: boolean }> {
  const { id, path } = recording;
  const { cache } = project;
  // Looked at before, so that a file written to meanwhile counts as changed the next time.
  const file = await readFileState(path);
  if (!file) throw new UndertoneError('file-missing', { subject: path });
  const prepared = await call('audio.prepare', { path, cacheFolder: cache.engineFolder }, options);
  const sound: StoredSound = {
    sha256: prepared.sha256,
    sound: prepared.sound,
    canonicalPath: cache.toStored(prepared.canonicalPath),
    peaksPath: cache.toStored(prepared.peaksPath),
    file,
  };
  const isAnother = recording.sound !== null && recording.sound.sha256 !== sound.sha256;
  project.transaction(() => {
    // It may have been removed while it was read.
    if (!project.recordings.find(id)) throw new UndertoneError('not-found', { subject: path });
    project.sounds.put(id, sound);
    if (!isAnother) return;
    project.analyses.remove(id);
    project.segments.replaceModelTier(id, '', [], []);
  });
  return { sound, isAnother };
}
