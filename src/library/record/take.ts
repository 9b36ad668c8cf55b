import { basename } from 'node:path';
import { rm } from 'node:fs/promises';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { SoundShape } from '#shared/contract/live.ts';
import type { RecordedMark } from '#shared/domain/recorded.ts';
import { fromPcm, toPcm } from './pcm.ts';
import { removeSidecar, writeSidecar } from './sidecar.ts';
import { createWavFile } from './wav-file.ts';

/** A recording that is being made: a file that grows, and what was noted about it. */
export interface Take {
  readonly path: string;
  readonly name: string;
  readonly frames: () => number;
  readonly marks: () => readonly RecordedMark[];
  /**
   * Returns when the samples are in the file; they are on the disk half a second later.
   *
   * @param at the frame that they begin with, which must be the next one
   * @returns the samples as they were written
   */
  readonly write: (at: number, samples: Float32Array) => Promise<Float32Array>;
  readonly mark: (mark: RecordedMark) => Promise<void>;
  /** Closes the file; its sidecar stays until somebody knows of the recording. */
  readonly close: () => Promise<void>;
  /** Closes and deletes the file. */
  readonly discard: () => Promise<void>;
}

export interface TakeOptions {
  readonly path: string;
  readonly shape: SoundShape;
  readonly device: string;
  /** The file can no longer be written. */
  readonly onFailure: (error: unknown) => void;
}

const syncMilliseconds = 500;

/** @throws UndertoneError `disk-full` or `not-writable` */
export async function startTake({ path, shape, device, onFailure }: TakeOptions): Promise<Take> {
  const marks: RecordedMark[] = [];
  // The sidecar first: a file without one is a finished recording.
  await writeSidecar(path, { device, marks });
  const file = await createWavFile(path, shape);
  let next = 0;
  let syncedFrames = 0;
  let work: Promise<unknown> = Promise.resolve();

  /** Does one thing after the other; a failure is the caller's, and what comes next is tried all the same. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = work.then(act);
    work = done.catch(() => undefined);
    return done;
  }

  const timer = setInterval(() => {
    if (file.frames() === syncedFrames) return;
    syncedFrames = file.frames();
    inTurn(file.sync).catch(onFailure);
  }, syncMilliseconds);

  let closed: Promise<void> | undefined;
  function close(): Promise<void> {
    clearInterval(timer);
    return (closed ??= inTurn(file.close));
  }

  return {
    path,
    name: basename(path),
    frames: file.frames,
    marks: () => marks,
    write: (at, samples) => {
      if (at !== next) {
        throw new UndertoneError('invalid-call', {
          detail: `sound from ${at} in place of ${next}`,
        });
      }
      next += samples.length / shape.channels;
      const pcm = toPcm(samples);
      return inTurn(async () => {
        await file.append(pcm);
        return fromPcm(pcm);
      });
    },
    mark: (mark) => {
      marks.push(mark);
      return inTurn(() => writeSidecar(path, { device, marks }));
    },
    close,
    discard: async () => {
      await close();
      await rm(path);
      await removeSidecar(path);
    },
  };
}
