import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAcknowledged } from '../support/acknowledged.ts';
import { counts, tell } from '../support/counts.ts';
import { endProcess, processId } from './support/processes.ts';
import { openSitting, type Sitting } from './support/sitting.ts';

const rounds = counts(51, 510);
const victims = ['library', 'engine', 'app'] as const;
const patiently = { timeout: 60_000, interval: 50 };
let sitting: Sitting;

beforeAll(async () => {
  sitting = await openSitting();
  await sitting.start();
  await sitting.importOne();
  await sitting.importOne();
});
afterAll(() => sitting.end());

const title = (): Promise<string> => sitting.running().page.title();

/** Turns to a recording by its row, and waits until that has been put down. */
async function turnTo(name: string): Promise<void> {
  const { page } = sitting.running();
  const row = page.locator('section.library li.row').filter({ hasText: name });
  await row.getByRole('button').first().click();
  await expect.poll(title, patiently).toContain(name);
  await delay(1_500);
}

/** Kills something while somebody works. @returns milliseconds until the recording that was open shows again */
async function killAtWork(victim: (typeof victims)[number], round: number): Promise<number> {
  const { app, page } = sitting.running();
  const before = await title();
  const pid = await processId(app, victim);
  const reloaded = victim === 'library' ? page.waitForEvent('load', patiently) : undefined;
  let isKilled = false;
  let afterwards = 0;
  // An engine's death is nobody's affair who edits: that goes on.
  const work = sitting.work(() => victim === 'engine' && isKilled && (afterwards += 1) > 3);
  const interrupted = work.then(
    () => null,
    (error: unknown) => String(error),
  );
  await delay((round * 7919) % 3000);
  await endProcess(pid);
  isKilled = true;
  const killedAt = performance.now();
  const reason = await interrupted;
  if (victim === 'engine') expect(reason).toBeNull();
  await reloaded;
  if (victim === 'app') await sitting.start();
  await expect.poll(title, patiently).toBe(before);
  const milliseconds = performance.now() - killedAt;
  if (victim === 'library') await sitting.connect();
  return milliseconds;
}

it('loses no acknowledged edit, whichever process is killed, and opens by itself where it was', async (context) => {
  const back: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const victim = victims[round % victims.length] ?? 'app';
    const name = round % 2 === 0 ? 'recording 0.wav' : 'recording 1.wav';
    if (round % victims.length === 0) await turnTo(name);
    const milliseconds = await killAtWork(victim, round);
    if (victim !== 'engine') back.push(milliseconds);
    await expectAcknowledged(await sitting.snapshot(), sitting.acknowledged());
  }
  const { edits, imports } = sitting.counts();
  expect(edits).toBeGreaterThan(rounds);
  const isDone = (): Promise<boolean> =>
    sitting.running().page.evaluate(async () => {
      const list = await window.testApi.library.call('recordings.list', {});
      return list.every(({ status }) => status.kind === 'ready');
    });
  await expect.poll(isDone, { timeout: 300_000, interval: 500 }).toBe(true);
  back.sort((one, other) => one - other);
  const [median = 0, slowest = 0] = [back[back.length >> 1], back.at(-1)];
  tell(
    context,
    `${rounds} kills of library, engine and app in turn: ${edits} acts and ${imports} imports acknowledged, none lost; ` +
      `the recording shows again after ${(median / 1000).toFixed(1)} s (median), ${(slowest / 1000).toFixed(1)} s at most`,
  );
});
