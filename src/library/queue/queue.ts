import type { QueueState } from '#shared/domain/queue-state.ts';
import type { JobState } from '../database/jobs.ts';
import type { Project } from '../project.ts';
import { createPace } from './pace.ts';
import { createQueueReport } from './report.ts';
import type { JobOptions } from './run-job.ts';
import { createRunner, type Runner } from './runner.ts';

/** Takes queued recordings one at a time and has the engine read and analyse each. */
export interface Queue {
  /** Goes on with what is queued; to be called when an engine came, or something was queued elsewhere. */
  readonly wake: () => void;
  /** Queues recordings again, at the end; those that wait or run already are left as they are. */
  readonly enqueue: (ids: readonly number[]) => void;
  /** Queues a recording at the head, and lets it run though the queue is paused: somebody is waiting for it. */
  readonly enqueueFirst: (id: number) => void;
  /** Has those of these recordings that wait come next, in this order. */
  readonly putFirst: (ids: readonly number[]) => void;
  /** Stops work on these recordings at once; those that neither wait nor run are left as they are. */
  readonly cancel: (ids: readonly number[]) => void;
  /** Stops work on recordings that are about to be removed. */
  readonly abandon: (ids: readonly number[]) => void;
  /**
   * Puts back what is running and lets nothing else begin: somebody needs the engine more.
   *
   * @returns a function that ends it
   */
  readonly hold: () => () => void;
  /** Puts back what is running and begins nothing until {@link goOn}, also in later sessions. */
  readonly pause: () => void;
  readonly goOn: () => void;
  readonly state: () => QueueState;
  /** Told of what {@link state} says, a few times a second. @returns a function that ends the subscription */
  readonly subscribe: (listener: (state: QueueState) => void) => () => void;
  /** Puts back what is running and waits until nothing is at work any more. */
  readonly close: () => Promise<void>;
}

type QueueOptions = Omit<JobOptions, 'pace' | 'onStep'>;

export function createQueue(options: QueueOptions): Queue {
  const { project } = options;
  const { jobs } = project;
  let closed = false;
  /** Recordings that somebody is waiting for. */
  const demanded = new Set<number>();
  const brakes = createBrakes(project);
  const pace = createPace(() => performance.now());
  const report = createQueueReport({ jobs, pace, obstacle: brakes.obstacle });
  const runner = createRunner({ ...options, pace, onStep: report.changed }, () => {
    const obstacle = brakes.obstacle();
    if (closed || obstacle === 'held') return undefined;
    return obstacle === 'paused' ? nextDemanded() : jobs.next();
  });

  function nextDemanded(): number | undefined {
    for (const id of demanded) {
      demanded.delete(id);
      if (project.recordings.find(id)?.job.kind === 'queued') return id;
    }
    return undefined;
  }

  return {
    wake: runner.wake,
    hold: () => {
      const release = brakes.hold();
      runner.putBack();
      return () => {
        release();
        runner.wake();
      };
    },
    pause: () => {
      brakes.pause();
      demanded.clear();
      runner.putBack();
      report.changed();
    },
    goOn: () => {
      brakes.goOn();
      runner.wake();
    },
    ...createOrders(options, runner, demanded),
    abandon: runner.abandon,
    state: report.state,
    subscribe: report.subscribe,
    close: async () => {
      closed = true;
      runner.putBack();
      await runner.whenIdle();
      report.close();
    },
  };
}

interface Brakes {
  readonly obstacle: () => 'paused' | 'held' | null;
  readonly hold: () => () => void;
  readonly pause: () => void;
  readonly goOn: () => void;
}

/** A pause is a person's, and lasts; holding is for as long as somebody needs the engine. */
function createBrakes({ settings }: Pick<Project, 'settings'>): Brakes {
  let holders = 0;
  let paused = settings.get('queue.paused') !== null;
  return {
    obstacle: () => {
      if (holders > 0) return 'held';
      return paused ? 'paused' : null;
    },
    hold: () => {
      holders += 1;
      return () => {
        holders -= 1;
      };
    },
    pause: () => {
      settings.set('queue.paused', 'yes');
      paused = true;
    },
    goOn: () => {
      settings.set('queue.paused', null);
      paused = false;
    },
  };
}

type Orders = Pick<Queue, 'enqueue' | 'enqueueFirst' | 'putFirst' | 'cancel'>;

/** What is to be worked on, and in which order. */
function createOrders(
  { project, catalogue }: QueueOptions,
  runner: Runner,
  demanded: Set<number>,
): Orders {
  const { jobs } = project;
  /** @throws UndertoneError `not-found` */
  const kindOf = (id: number): JobState['kind'] => catalogue.find(id).job.kind;
  const isRunning = (id: number): boolean => kindOf(id) === 'running' && runner.isAt(id);

  function changeJobs(ids: readonly number[], change: (id: number) => void): void {
    project.transaction(() => {
      for (const id of ids) change(id);
    });
    catalogue.endPassing(ids);
    runner.wake();
  }

  return {
    enqueue: (ids) => {
      changeJobs(
        ids.filter((id) => !isRunning(id)),
        jobs.enqueue,
      );
    },
    enqueueFirst: (id) => {
      demanded.add(id);
      if (!isRunning(id)) changeJobs([id], jobs.enqueueFirst);
    },
    putFirst: (ids) => {
      const waiting = ids.filter((id) => kindOf(id) === 'queued');
      // Each goes before those put before it.
      changeJobs(waiting.toReversed(), jobs.enqueueFirst);
    },
    cancel: (ids) => {
      const active = ids.filter((id) => ['queued', 'running'].includes(kindOf(id)));
      changeJobs(active, (id) => {
        jobs.set(id, { kind: 'cancelled' });
      });
      runner.abandon(active);
    },
  };
}
