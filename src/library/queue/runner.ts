import { runJob, type JobOptions } from './run-job.ts';

/** Runs one job after the other, as long as there is one and an engine for it. */
export interface Runner {
  readonly wake: () => void;
  /** Whether a recording is worked on, and nobody has stopped that. */
  readonly isAt: (id: number) => boolean;
  /** Stops work on these recordings; whoever asks for it puts down what becomes of them. */
  readonly abandon: (ids: readonly number[]) => void;
  /** Stops what is running and leaves it to be run again. */
  readonly putBack: () => void;
  /** Resolves when nothing is at work any more. */
  readonly whenIdle: () => Promise<void>;
}

interface Running {
  readonly id: number;
  readonly controller: AbortController;
}

/** @param next the recording whose turn it is; undefined where nothing is to be begun */
export function createRunner(options: JobOptions, next: () => number | undefined): Runner {
  const { project, catalogue, engine, onBug, onStep } = options;
  let running: Running | undefined;
  let isAtWork = false;
  let work = Promise.resolve();

  async function workOff(): Promise<void> {
    isAtWork = true;
    try {
      for (;;) {
        const client = engine.current();
        const id = client && next();
        if (!client || id === undefined) return;
        const controller = new AbortController();
        running = { id, controller };
        await runJob(id, client, controller.signal, options);
      }
    } finally {
      running = undefined;
      isAtWork = false;
      onStep();
    }
  }

  const isAt = (id: number): boolean => running?.id === id && !running.controller.signal.aborted;
  return {
    wake: () => {
      onStep();
      if (!isAtWork) work = workOff().catch(onBug);
    },
    isAt,
    abandon: (ids) => {
      if (running && ids.includes(running.id)) running.controller.abort();
    },
    putBack: () => {
      if (!running || !isAt(running.id)) return;
      project.jobs.set(running.id, { kind: 'queued' });
      running.controller.abort();
      catalogue.endPassing([running.id]);
      onStep();
    },
    whenIdle: () => work,
  };
}
