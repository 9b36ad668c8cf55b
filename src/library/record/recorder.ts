import { join } from 'node:path';
import { toErrorShape, UndertoneError } from '#shared/contract/errors.ts';
import type { recordContract } from '#shared/contract/live.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import { registerTake } from './register.ts';
import { startRunning, type RecorderOptions, type Running, type TellPage } from './running.ts';
import { removeSidecar } from './sidecar.ts';
import { newTakePath } from './take-name.ts';

/** Records for one page. */
export interface Recorder {
  readonly handlers: Handlers<typeof recordContract>;
  /** The page is gone, or the library is about to be: what was recorded is kept, as recovered. */
  readonly leave: () => Promise<void>;
}

export function createRecorder(options: RecorderOptions, tell: TellPage): Recorder {
  const { project, onBug } = options;
  let running: Running | undefined;
  /** The end of the recording before. */
  let finishing: Promise<unknown> = Promise.resolve();

  function release(): Running | undefined {
    const ended = running;
    running = undefined;
    ended?.release();
    return ended;
  }

  /** Ends what runs and makes it a recording. @returns its id, null where nothing was recorded */
  function finish(recovered: boolean): Promise<number | null> {
    const ended = release();
    if (!ended) return Promise.resolve(null);
    const finished = register(ended, recovered, options);
    finishing = finished.catch(() => null);
    return finished;
  }

  /** The recording cannot go on. What cannot be put down, for the disk is full, is found at the next start. */
  function stop(error: unknown): void {
    if (!running) return;
    void finish(false)
      .catch((failure: unknown) => {
        onBug(failure);
        return null;
      })
      .then((id) => {
        tell('record.stopped', { error: toErrorShape(error), id });
      });
  }

  const handlers: Recorder['handlers'] = {
    'record.start': async ({ device, ...shape }) => {
      if (running) {
        throw new UndertoneError('invalid-call', { detail: 'a recording is running' });
      }
      const path = newTakePath(join(project.folder, 'recordings'), new Date());
      running = await startRunning({ ...options, path, shape, device, tell, onFailure: stop });
      return { name: running.take.name };
    },
    'record.write': async ({ at, samples }) => {
      try {
        // Where it was stopped meanwhile, whoever asks is being told.
        await running?.write(at, samples);
      } catch (error) {
        stop(error);
      }
    },
    'record.mark': ({ at, note }) => running?.take.mark({ at, note }),
    'record.keep': async () => ({ id: await finish(false) }),
    'record.discard': async () => {
      await release()?.take.discard();
    },
  };

  return {
    handlers,
    leave: async () => {
      await finish(true);
      await finishing;
    },
  };
}

async function register(
  { take, device }: Running,
  recovered: boolean,
  { project, queue }: RecorderOptions,
): Promise<number | null> {
  await take.close();
  if (take.frames() === 0) {
    await take.discard();
    return null;
  }
  const id = registerTake(project, take.path, { device, recovered, marks: take.marks() });
  await removeSidecar(take.path);
  queue.enqueueFirst(id);
  return id;
}
