import { dirname } from 'node:path';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { recordContract, SoundShape } from '#shared/contract/live.ts';
import type { Served } from '#shared/rpc/serve.ts';
import type { Catalogue } from '../catalogue.ts';
import type { EngineLink } from '../engine-link.ts';
import type { Project } from '../project.ts';
import type { Queue } from '../queue/queue.ts';
import { secondsThatFit } from './disk-space.ts';
import { createLiveEar } from './live-ear.ts';
import { startTake, type Take } from './take.ts';

export interface RecorderOptions {
  readonly project: Project;
  readonly catalogue: Catalogue;
  readonly queue: Queue;
  readonly engine: EngineLink;
  /** Of the model that is to listen now. */
  readonly modelFolder: () => string;
  readonly onBug: (error: unknown) => void;
}

export type TellPage = Served<typeof recordContract>['emit'];

/** A recording that is being made: a file that grows, an engine that listens, a disk that fills. */
export interface Running {
  readonly take: Take;
  readonly device: string;
  readonly write: (at: number, samples: Float32Array) => Promise<void>;
  /** Stops all but the file. */
  readonly release: () => void;
}

export interface RunningOptions extends RecorderOptions {
  readonly path: string;
  readonly shape: SoundShape;
  readonly device: string;
  readonly tell: TellPage;
  readonly onFailure: (error: unknown) => void;
}

const spaceMilliseconds = 5_000;

/** @throws UndertoneError `disk-full` or `not-writable` */
export async function startRunning(options: RunningOptions): Promise<Running> {
  const { path, shape, device, tell, onFailure, engine, modelFolder, queue, onBug } = options;
  const folder = dirname(path);

  async function measureSpace(): Promise<void> {
    const secondsLeft = await secondsThatFit(folder, shape);
    tell('record.space', { secondsLeft });
    if (secondsLeft === 0) onFailure(new UndertoneError('disk-full', { subject: path }));
  }

  const seconds = await secondsThatFit(folder, shape);
  if (seconds === 0) throw new UndertoneError('disk-full', { subject: path });
  const take = await startTake({ path, shape, device, onFailure });
  const ear = createLiveEar({
    ...{ engine, modelFolder: modelFolder(), shape },
    onHeard: (cells) => {
      tell('record.heard', cells);
    },
    onUnheard: (error) => {
      tell('record.unheard', error);
    },
  });
  const resumeQueue = queue.hold();
  tell('record.space', { secondsLeft: seconds });
  const timer = setInterval(() => void measureSpace().catch(onBug), spaceMilliseconds);
  return {
    take,
    device,
    write: async (at, samples) => {
      ear.hear(await take.write(at, samples));
    },
    release: () => {
      clearInterval(timer);
      ear.close();
      resumeQueue();
    },
  };
}
