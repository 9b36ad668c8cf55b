import type { WorkerOptions } from 'node:worker_threads';
import { startThread } from '#files/start-thread.ts';
import { connect, type Client } from '#shared/rpc/connect.ts';
import { threadContract } from './contract.ts';
import { portOfWorker } from './port.ts';

type ThreadCall = Client<typeof threadContract>['call'];

/** Runs work with a thread of its own, which ends with it, whatever the thread is at. */
export type InThread = <T>(work: (ask: ThreadCall) => Promise<T>) => Promise<T>;

const options: WorkerOptions = {
  execArgv: [],
  // More than any file takes that is not made to take all of it.
  resourceLimits: { maxOldGenerationSizeMb: 1024 },
};

/**
 * Long computations must not keep the library from answering, and what a stranger's file does to them must not
 * harm it. Calls to a thread that ran out of memory fail with `too-large`.
 *
 * @param script the built `work.ts`, or that file itself where the sources run as they are
 * @param onBug told of what a thread died of
 */
export function createInThread(script: URL, onBug: (error: unknown) => void): InThread {
  return async (work) => {
    const worker = startThread(script, options);
    worker.on('error', onBug);
    const client = connect(portOfWorker(worker), threadContract, { whenGone: 'too-large' });
    try {
      return await work(client.call);
    } finally {
      client.close();
    }
  };
}
