import type { queueContract } from '#shared/contract/queue.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Project } from '../project.ts';
import type { Queue } from '../queue/queue.ts';

/** Answers what has to do with the work on recordings. */
export function createQueueHandlers(
  queue: Queue,
  { jobs }: Project,
): Handlers<typeof queueContract> {
  return {
    'queue.state': queue.state,
    'queue.waiting': jobs.waiting,
    'queue.pause': queue.pause,
    'queue.goOn': queue.goOn,
    'queue.next': ({ ids }) => {
      queue.putFirst(ids);
    },
    'recordings.cancel': ({ ids }) => {
      queue.cancel(ids);
    },
    'recordings.retry': ({ ids }) => {
      queue.enqueue(ids);
    },
  };
}
