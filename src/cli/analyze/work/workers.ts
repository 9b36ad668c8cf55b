import type { ChildProcess, Serializable } from 'node:child_process';
import { forkScript } from '#engine/fork-script.ts';
import type { TimelineSettings } from '#engine/timeline/settings.ts';
import { isEngineStopped } from '#library/engine-link.ts';
import { connect, type CallOptions, type Client } from '#shared/rpc/connect.ts';
import type { Port } from '#shared/rpc/port.ts';
import { workContract, type Hearing, type OpenedModel } from './contract.ts';

export interface WorkersOptions {
  readonly modelFolder: string;
  /** Holds feature rows while a recording is analysed. */
  readonly scratchFolder: string;
  readonly jobs: number;
}

/** @throws UndertoneError as `analyseRecording`, and `engine-stopped` where two processes died of a recording */
export type Analyse = (
  path: string,
  settings: TimelineSettings,
  options: CallOptions,
) => Promise<Hearing>;

/** Processes that analyse. They do not outlive this one, and what one dies of does not harm the others. */
export interface Workers {
  readonly model: OpenedModel;
  /** Runs some work as soon as one of the processes is free, in the order of the calls. */
  readonly use: <T>(work: (analyse: Analyse) => Promise<T>) => Promise<T>;
  readonly close: () => void;
}

/** @throws UndertoneError model-missing, model-invalid */
export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const workers = Array.from({ length: options.jobs }, () => createWorker(options));
  const close = (): void => {
    for (const worker of workers) worker.close();
  };
  const [first] = workers;
  if (first === undefined) throw new RangeError('at least one process is needed');
  const { model } = await first.started();
  return { model, use: takingTurns(workers), close };
}

function takingTurns(workers: readonly Worker[]): Workers['use'] {
  const free = [...workers];
  const waiting: ((worker: Worker) => void)[] = [];
  return async (work) => {
    const worker =
      free.shift() ??
      (await new Promise<Worker>((resolve) => {
        waiting.push(resolve);
      }));
    try {
      return await work(worker.analyse);
    } finally {
      const next = waiting.shift();
      if (next) next(worker);
      else free.push(worker);
    }
  };
}

interface Running {
  readonly client: Client<typeof workContract>;
  readonly model: OpenedModel;
}

interface Worker {
  readonly started: () => Promise<Running>;
  readonly analyse: Analyse;
  readonly close: () => void;
}

/** A process that is started when it is first needed, and again after it died. */
function createWorker({ modelFolder, scratchFolder }: WorkersOptions): Worker {
  let running: Promise<Running> | undefined;
  let child: ChildProcess | undefined;

  async function start(): Promise<Running> {
    child = forkScript(new URL('./worker.ts', import.meta.url), { serialization: 'advanced' });
    const client = connect(portOf(child), workContract, { whenGone: 'engine-stopped' });
    return { client, model: await client.call('open', { modelFolder }) };
  }
  const started = (): Promise<Running> => (running ??= start());

  const ask: Analyse = async (path, settings, options) => {
    const asked = started();
    try {
      const { client } = await asked;
      return await client.call('analyse', { path, settings, scratchFolder }, options);
    } catch (error) {
      if (isEngineStopped(error) && running === asked) running = undefined;
      throw error;
    }
  };
  return {
    started,
    analyse: async (path, settings, options) => {
      try {
        return await ask(path, settings, options);
      } catch (error) {
        if (!isEngineStopped(error) || options.signal?.aborted) throw error;
      }
      // Perhaps the recording was not the reason: the system takes memory back, too.
      return ask(path, settings, options);
    },
    // By force: it may be in the middle of a computation, and has nothing to put away.
    close: () => child?.kill('SIGKILL'),
  };
}

function portOf(child: ChildProcess): Port {
  return {
    post: (message) => {
      // Structured clones, as its `advanced` serialization allows.
      if (child.connected) child.send(message as Serializable);
    },
    onMessage: (listener) => child.on('message', listener),
    onClose: (listener) => child.on('exit', listener).on('error', listener),
    close: () => {
      child.disconnect();
    },
  };
}
