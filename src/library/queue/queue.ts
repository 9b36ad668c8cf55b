import { runJob, type JobOptions } from './run-job.ts';

/** Takes queued recordings one at a time and has the engine read and analyse each. */
export interface Queue {
  /** Goes on with what is queued; to be called when an engine came, or something was queued elsewhere. */
  readonly wake: () => void;
  /** Queues recordings again, at the end; those that wait or run already are left as they are. */
  readonly enqueue: (ids: readonly number[]) => void;
  /** Queues a recording at the head, for somebody is waiting for it. */
  readonly enqueueFirst: (id: number) => void;
  /** Stops work on these recordings at once; those that neither wait nor run are left as they are. */
  readonly cancel: (ids: readonly number[]) => void;
  /** Stops work on recordings that are about to be removed. */
  readonly abandon: (ids: readonly number[]) => void;
  /** Puts back what is running and waits until nothing is at work any more. */
  readonly close: () => Promise<void>;
}

interface Running {
  readonly id: number;
  readonly controller: AbortController;
}

export function createQueue(options: JobOptions): Queue {
  const { project, catalogue, engine, onBug } = options;
  let running: Running | undefined;
  let isAtWork = false;
  let work = Promise.resolve();
  let closed = false;

  function wake(): void {
    if (!isAtWork) work = workOff().catch(onBug);
  }

  async function workOff(): Promise<void> {
    isAtWork = true;
    try {
      for (;;) {
        const client = engine.current();
        const id = project.jobs.next();
        if (closed || !client || id === undefined) return;
        const controller = new AbortController();
        running = { id, controller };
        await runJob(id, client, controller.signal, options);
      }
    } finally {
      running = undefined;
      isAtWork = false;
    }
  }

  /** @throws UndertoneError `not-found` */
  function isRunning(id: number): boolean {
    const { job } = catalogue.find(id);
    return job.kind === 'running' && running?.id === id && !running.controller.signal.aborted;
  }

  function changeJobs(ids: readonly number[], change: (id: number) => void): void {
    project.transaction(() => {
      ids.forEach(change);
    });
    for (const id of ids) catalogue.setPassing(id, null);
    wake();
  }

  function abandon(ids: readonly number[]): void {
    if (running && ids.includes(running.id)) running.controller.abort();
  }

  return {
    wake,
    enqueue: (ids) => {
      const idle = ids.filter((id) => !isRunning(id));
      changeJobs(idle, project.jobs.enqueue);
    },
    enqueueFirst: (id) => {
      if (!isRunning(id)) changeJobs([id], project.jobs.enqueueFirst);
    },
    cancel: (ids) => {
      const active = ids.filter((id) => {
        const { kind } = catalogue.find(id).job;
        return kind === 'queued' || kind === 'running';
      });
      changeJobs(active, (id) => {
        project.jobs.set(id, { kind: 'cancelled' });
      });
      abandon(active);
    },
    abandon,
    close: async () => {
      closed = true;
      if (running && !running.controller.signal.aborted) {
        project.jobs.set(running.id, { kind: 'queued' });
        running.controller.abort();
      }
      await work;
    },
  };
}
