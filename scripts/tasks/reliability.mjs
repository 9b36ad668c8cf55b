import { electron } from '../setup/electron.mjs';
import { engine } from '../setup/engine.mjs';
import { libraries } from '../setup/libraries.mjs';
import { packages } from '../setup/packages.mjs';
import { ensure } from '../setup/steps.mjs';
import { lastLine, sum } from './counts.mjs';
import { runVitest, runVitestOnApp } from './run-vitest.mjs';

/** @import { Counts } from './counts.mjs' */

/** Of the one long sequence of test/library/annotation/history.test.ts. */
const historySteps = { change: '1500', soak: '20000' };

/** `npm run test:reliability`: what is too slow for `npm test`, with the counts of every change. */
export async function run() {
  const { good, counts } = await runReliability();
  process.stdout.write(`${lastLine(counts)}\n`);
  return good ? 0 : 1;
}

/**
 * @param {'change' | 'soak'} [counts] how often: what every change can wait for, or hours of it
 * @returns {Promise<{ readonly good: boolean, readonly counts: Counts }>}
 */
export async function runReliability(counts = 'change') {
  await ensure([packages, engine, electron, libraries]);
  const env = { UNDERTONE_COUNTS: counts, UNDERTONE_HISTORY_STEPS: historySteps[counts] };
  const name = counts === 'soak' ? 'soak' : 'reliability';
  const total = sum([
    // Two files at a time: most of them wait for processes that they start and kill.
    await runVitest(name, [process.execPath], ['--project=reliability', '--maxWorkers=2'], env),
    await runVitestOnApp(`${name} of the app`, ['--project=reliability-app'], env),
  ]);
  return { good: total.failed === 0 && total.passed > 0, counts: total };
}
