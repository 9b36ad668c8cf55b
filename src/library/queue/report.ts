import type { QueueState } from '#shared/domain/queue-state.ts';
import type { JobGroup, Jobs } from '../database/jobs.ts';
import type { Pace } from './pace.ts';

type Listener = (state: QueueState) => void;

/** Tells how far the queue is. */
export interface QueueReport {
  readonly state: () => QueueState;
  /** @returns a function that ends the subscription */
  readonly subscribe: (listener: Listener) => () => void;
  /** Something has changed: listeners are told of it soon, and of several such things together. */
  readonly changed: () => void;
  readonly close: () => void;
}

/** Counting thousands of jobs at every step of one would be wasted on a bar. */
const tellEveryMs = 300;

export interface Reported {
  readonly jobs: Jobs;
  readonly pace: Pace;
  /** What keeps the queue from going on, if anything does. */
  readonly obstacle: () => 'paused' | 'held' | null;
}

export function createQueueReport({ jobs, pace, obstacle }: Reported): QueueReport {
  const listeners = new Set<Listener>();
  let timer: NodeJS.Timeout | undefined;

  function state(): QueueState {
    return summarise(jobs.count(), pace, obstacle());
  }

  function tell(): void {
    timer = undefined;
    const now = state();
    for (const listener of [...listeners]) listener(now);
  }

  return {
    state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    changed: () => {
      timer ??= setTimeout(tell, tellEveryMs);
    },
    close: () => {
      clearTimeout(timer);
    },
  };
}

function summarise(
  groups: readonly JobGroup[],
  pace: Pace,
  obstacle: 'paused' | 'held' | null,
): QueueState {
  const sum = (of: 'jobs' | 'bytes', is: (group: JobGroup) => boolean): number =>
    groups.filter(is).reduce((total, group) => total + group[of], 0);
  const isWaiting = ({ kind }: JobGroup): boolean => kind === 'queued' || kind === 'running';
  const waiting = sum('jobs', isWaiting);
  const left = sum('bytes', isWaiting);
  const all = sum('bytes', ({ kind }) => kind !== 'cancelled');
  return {
    phase: obstacle ?? (waiting > 0 ? 'working' : 'idle'),
    waiting,
    analysed: sum('jobs', ({ kind, kept }) => kind === 'done' && !kept),
    kept: sum('jobs', ({ kept }) => kept),
    failed: sum('jobs', ({ kind }) => kind === 'failed'),
    cancelled: sum('jobs', ({ kind }) => kind === 'cancelled'),
    fraction: all === 0 ? 0 : Math.min(1, (all - left + pace.runningWeight()) / all),
    secondsLeft: waiting === 0 ? null : pace.secondsLeft(left),
  };
}
