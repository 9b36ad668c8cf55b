import { UndertoneError } from '#shared/contract/errors.ts';
import type { Peaks, Sketch } from '#shared/domain/peaks.ts';
import type { Track } from '#shared/domain/track.ts';
import type { Catalogue } from './catalogue.ts';
import type { StoredRecording } from './database/recordings.ts';
import type { StoredSound } from './database/sounds.ts';
import type { EngineLink } from './engine-link.ts';
import type { Cache } from './files/cache.ts';
import { isSameState, readFileState } from './files/file-state.ts';
import { readTrackFile } from './files/track-file.ts';
import type { Project } from './project.ts';
import type { Queue } from './queue/queue.ts';
import { readRecording } from './queue/read-recording.ts';

/**
 * What was made from recordings and can be made again: asked for when somebody emptied the cache, it is,
 * and the answer comes when that is done.
 */
export interface DerivedFiles {
  /** The canonical sound, which may be the person's own file. Waits until it has been read. */
  readonly canonicalPath: (id: number, signal: AbortSignal) => Promise<string>;
  /** The person's own file, whatever it is. */
  readonly originalPath: (id: number) => string;
  /** What the engine has seen of a recording that it is reading just now, else null. */
  readonly sketch: (id: number, signal: AbortSignal) => Promise<Sketch | null>;
  /** Waits until the recording has been read. */
  readonly peaks: (id: number, signal: AbortSignal) => Promise<Peaks>;
  /** Null where the recording has not been analysed yet. */
  readonly track: (id: number, signal: AbortSignal) => Promise<Track | null>;
}

export interface DerivedFilesOptions {
  readonly project: Project;
  readonly catalogue: Catalogue;
  readonly engine: EngineLink;
  readonly queue: Queue;
}

export function createDerivedFiles(options: DerivedFilesOptions): DerivedFiles {
  const { project, catalogue, engine, queue } = options;
  const { cache } = project;
  const readings = new Map<number, Promise<StoredSound>>();

  /** Reads a recording again; whoever else asks meanwhile shares the reading, so nobody may cancel it. */
  function readAgain(recording: StoredRecording): Promise<StoredSound> {
    const { id } = recording;
    const reading =
      readings.get(id) ??
      readRecording(project, recording, engine.call, {})
        .then(({ sound, isAnother }) => {
          catalogue.tellChanged([id]);
          if (isAnother) queue.enqueueFirst(id);
          return sound;
        })
        .finally(() => readings.delete(id));
    readings.set(id, reading);
    return reading;
  }

  async function locate(
    id: number,
    which: 'canonicalPath' | 'peaksPath',
    signal: AbortSignal,
  ): Promise<string> {
    await catalogue.until(id, (recording) => recording.sound !== null, signal);
    const recording = catalogue.find(id);
    const { sound } = recording;
    const isGood = sound && cache.has(sound[which]) && !(await isOutdated(cache, recording, sound));
    return cache.fromStored((isGood ? sound : await readAgain(recording))[which]);
  }

  return {
    canonicalPath: (id, signal) => locate(id, 'canonicalPath', signal),
    originalPath: (id) => catalogue.find(id).path,
    sketch: async (id, signal) => {
      const { path, sound, job } = catalogue.find(id);
      if (sound !== null || job.kind !== 'running') return null;
      return engine.call('audio.sketch', { path }, { signal });
    },
    peaks: async (id, signal) => {
      const peaksPath = await locate(id, 'peaksPath', signal);
      try {
        return await engine.call('audio.peaks', { peaksPath }, { signal });
      } catch (error) {
        if (!(error instanceof UndertoneError && error.code === 'cache-damaged')) throw error;
      }
      await cache.removeFile(peaksPath);
      const again = await locate(id, 'peaksPath', signal);
      return engine.call('audio.peaks', { peaksPath: again }, { signal });
    },
    track: async (id, signal) => {
      const track = await readTrack(project, catalogue.find(id));
      if (track || !catalogue.find(id).analysis) return track;
      queue.enqueueFirst(id);
      await catalogue.until(id, (recording) => recording.status.kind === 'ready', signal);
      return readTrack(project, catalogue.find(id));
    },
  };
}

async function readTrack(
  project: Project,
  { id, sound, analysis }: StoredRecording,
): Promise<Track | null> {
  if (!sound || !analysis) return null;
  const { sha256 } = sound;
  return readTrackFile(project.cache.trackPath(id), {
    sha256,
    model: analysis.model,
    profileId: analysis.profileId,
  });
}

/**
 * Whether a person's own file that serves as the canonical sound is no longer what was read. A copy of
 * ours in the cache stays right whatever becomes of the original.
 */
async function isOutdated(
  cache: Cache,
  { path }: StoredRecording,
  sound: StoredSound,
): Promise<boolean> {
  if (cache.fromStored(sound.canonicalPath) !== path) return false;
  const state = await readFileState(path);
  return state !== null && !isSameState(state, sound.file);
}
