import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  dropFiles,
  launchApp,
  removeFolder,
  temporaryFolder,
  type RunningApp,
} from '../../e2e/support/app.ts';
import { conversation } from '../../support/conversation.ts';
import { makeWav } from '../../support/make-wav.ts';
import { counts, tell } from '../support/counts.ts';
import { slopeAfterWarmUp } from '../support/slope.ts';

/** What the page keeps of what it has fetched grows for so long, to 200 MB, and then no more. */
const warmUp = 310;
const opens = counts(150, 3_000);
/** Megabytes in 100; a short run cannot tell less from what garbage collection does. */
const mostGrowth = counts(10, 1);
const recordings = 4;
const patiently = { timeout: 60_000 };
let userFolder: string;
let running: RunningApp;

beforeAll(async () => {
  userFolder = await temporaryFolder();
  await mkdir(path.join(userFolder, 'sounds'));
  for (let index = 0; index < recordings; index += 1) {
    const { samples } = conversation(Array<number>(6).fill(0.4 + 0.3 * index));
    const sound = path.join(userFolder, 'sounds', `talk ${String(index)}.wav`);
    await writeFile(sound, makeWav([samples], { format: 's16', sampleRate: 16_000 }));
  }
  running = await launchApp({ userFolder });
  await dropFiles(running.page, 'body', [path.join(userFolder, 'sounds')]);
  const ribbons = running.page.locator('section.library .ribbon');
  await ribbons.nth(recordings - 1).waitFor({ timeout: 120_000 });
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

/** Megabytes of memory of each process, after garbage has been collected in the page. */
async function memory(): Promise<Readonly<Record<string, number>>> {
  const session = await running.page.context().newCDPSession(running.page);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  return running.app.evaluate(({ app }) =>
    Object.fromEntries(
      app
        .getAppMetrics()
        .filter(({ type, name = '' }) => type !== 'Utility' || name.startsWith('Undertone'))
        .map(({ type, name, memory: { workingSetSize } }) => [name ?? type, workingSetSize / 1024]),
    ),
  );
}

it('takes no more memory the longer it is used', async (context) => {
  const { page } = running;
  const taken: Record<string, number[]> = {};
  for (let open = 0; open < warmUp + opens; open += 1) {
    const name = `talk ${String(open % recordings)}.wav`;
    const row = page.locator('section.library li.row').filter({ hasText: name });
    await row.getByRole('button').first().click();
    await expect.poll(() => page.title(), patiently).toContain(name);
    await page.locator('.tier-lane[data-kind=model] .handle').nth(2).waitFor(patiently);
    await page.keyboard.press('+');
    await page.keyboard.press('PageDown');
    if (open < warmUp) continue;
    for (const [process, megabytes] of Object.entries(await memory())) {
      (taken[process] ??= []).push(megabytes);
    }
  }
  const slopes = Object.entries(taken).map(
    ([process, values]) => [process, 100 * slopeAfterWarmUp(values)] as const,
  );
  expect(slopes.map(([process]) => process)).toEqual(
    expect.arrayContaining(['Tab', 'Undertone library', 'Undertone engine']),
  );
  for (const [process, slope] of slopes) expect(slope, process).toBeLessThan(mostGrowth);
  const words = slopes.map(([process, slope]) => `${process} ${slope.toFixed(2)}`).join(', ');
  tell(context, `${opens} recordings opened after ${warmUp} others; MB more in 100: ${words}`);
});
