import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { counts, tell } from '../support/counts.ts';
import { processId } from './support/processes.ts';
import { openSitting, type Sitting } from './support/sitting.ts';

/** What happens to the engine; one that is stopped does not run on, and nobody is told by the system. */
const faults = ['SIGKILL', 'SIGSEGV', 'SIGSTOP'] as const;
const rounds = counts(18, 99);
const patiently = { timeout: 60_000, interval: 20 };
/** Engines that die more often within a minute are given up. */
const deathsAStart = 3;
let sitting: Sitting;

beforeAll(async () => {
  sitting = await openSitting();
  await sitting.start();
  for (let file = 0; file < 4; file += 1) await sitting.importOne();
});
afterAll(() => sitting.end());

const isReady = (): Promise<boolean> =>
  sitting.running().page.evaluate(async () => {
    const list = await window.testApi.library.call('recordings.list', {});
    return list.every(({ status }) => status.kind === 'ready');
  });

/** Has all recordings analysed again, so that the engine is at work. */
function analyseAll(): Promise<void> {
  return sitting.running().page.evaluate(async () => {
    const list = await window.testApi.library.call('recordings.list', {});
    await window.testApi.library.call('recordings.retry', { ids: list.map(({ id }) => id) });
  });
}

it('an engine that dies, crashes or is stopped is noticed, started again, and the work is done', async (context) => {
  await expect.poll(isReady, patiently).toBe(true);
  const noticed: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round += 1) {
    const fault = faults[round % faults.length] ?? 'SIGKILL';
    if (round > 0 && round % deathsAStart === 0) {
      await sitting.running().close();
      await sitting.start();
    }
    const { app, page } = sitting.running();
    const pid = await processId(app, 'engine');
    await analyseAll();
    await delay((round * 7919) % 700);
    const before = await page.evaluate(() => window.testEvents.length);
    const began = performance.now();
    process.kill(pid, fault);
    const told = (): Promise<number> => page.evaluate(() => window.testEvents.length);
    // Meanwhile annotating works.
    await page.evaluate(() => window.testApi.library.call('history.undo', {}));
    await expect.poll(told, patiently).toBeGreaterThan(before);
    (noticed[fault] ??= []).push((performance.now() - began) / 1000);
    await expect.poll(isReady, patiently).toBe(true);
  }
  for (const [fault, seconds] of Object.entries(noticed)) {
    // Four seconds and what the timers of this machine add: `heartbeat.test.ts` has the bound itself.
    expect(Math.min(...seconds), fault).toBeLessThan(8);
    tell(
      context,
      `${fault} of the engine ${seconds.length} times: told after ${Math.max(...seconds).toFixed(1)} s at most`,
    );
  }
});
