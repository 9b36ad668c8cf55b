import path from 'node:path';
import { withLock } from './lock.mjs';
import { workDir } from './paths.mjs';

/**
 * One thing that set-up provides.
 *
 * @typedef {object} Step
 * @property {() => Promise<boolean>} isDone cheap: it runs before every command
 * @property {() => Promise<void>} work prints its own line; throws a SetupError that says what to do
 */

/**
 * Does the steps that are not done, in order.
 *
 * @param {readonly Step[]} steps
 */
export async function ensure(steps) {
  for (const { isDone, work } of steps) {
    if (await isDone()) continue;
    await withLock(path.join(workDir, 'setup.lock'), async () => {
      // Another command may have done it while this one waited.
      if (!(await isDone())) await work();
    });
  }
}
