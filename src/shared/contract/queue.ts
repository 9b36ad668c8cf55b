import { z } from 'zod';
import { queueState } from '../domain/queue-state.ts';
import type { Contract } from '../rpc/contract.ts';

const recordingIds = z.array(z.number().int()).readonly();
const ids = z.object({ ids: recordingIds });

/** The work on recordings, one after the other. */
export const queueContract = {
  methods: {
    'queue.state': { args: z.object({}), result: queueState },
    /** Those that wait, in the order of their turns. */
    'queue.waiting': { args: z.object({}), result: recordingIds },
    /** Begins with nothing new and puts back what is running, until `queue.goOn`, also in later sessions. */
    'queue.pause': { args: z.object({}), result: z.void() },
    'queue.goOn': { args: z.object({}), result: z.void() },
    /** Has these come next, in this order; those that do not wait are left as they are. */
    'queue.next': { args: ids, result: z.void() },
    /** Stops work on these at once, and takes them out of the queue. */
    'recordings.cancel': { args: ids, result: z.void() },
    /** Queues these again, at the end; what is up to date when its turn comes is not computed again. */
    'recordings.retry': { args: ids, result: z.void() },
  },
  events: {
    /** Told a few times a second while there is work, and at once when the phase changes. */
    'queue.changed': queueState,
  },
} as const satisfies Contract;
