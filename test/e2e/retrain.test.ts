import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversation } from '../support/conversation.ts';
import { makeWav } from '../support/make-wav.ts';
import {
  dropFiles,
  launchApp,
  removeFolder,
  screenshot,
  temporaryFolder,
  type RunningApp,
} from './support/app.ts';
import { connectPageClient } from './support/page-client.ts';

/** Somebody corrects what the model said of three recordings, and has it learn from that. */
let userFolder: string;
let running: RunningApp;
let page: Page;

/** The shipped model is retrained for real, beside whatever else the machine does. */
const aLongTime = 900_000;
const patiently = { timeout: 120_000 };
const names = ['one.wav', 'two.wav', 'three.wav'] as const;

beforeAll(async () => {
  userFolder = await temporaryFolder();
  const sounds = path.join(userFolder, 'sounds');
  await mkdir(sounds);
  for (const [index, name] of names.entries()) {
    const pauses = Array.from({ length: 11 }, (_, at) => 0.5 + ((at * 3 + index * 5) % 7) / 5);
    const wav = makeWav([conversation(pauses).samples], { format: 's16', sampleRate: 16_000 });
    await writeFile(path.join(sounds, name), wav);
  }
  await start();
  await dropFiles(
    page,
    'body',
    names.map((name) => path.join(sounds, name)),
  );
}, aLongTime);
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

async function start(): Promise<void> {
  running = await launchApp({ userFolder });
  page = running.page;
  await connectPageClient(page);
}

async function untilAnalysed(): Promise<void> {
  const statuses = () =>
    page.evaluate(async () => {
      const recordings = await window.testApi.library.call('recordings.list', {});
      return recordings.map(({ status }) => status.kind);
    });
  await expect.poll(statuses, { timeout: aLongTime }).toEqual(['ready', 'ready', 'ready']);
}

/** What the model says of all recordings, and in whose name. */
function modelRow() {
  return page.evaluate(async () => {
    const { library } = window.testApi;
    const recordings = await library.call('recordings.list', {});
    const rows = await Promise.all(
      recordings.map(({ id }) => library.call('segments.list', { recordingId: id })),
    );
    return rows
      .flat()
      .filter(({ tier }) => tier === 'model')
      .map((segment) => ({ ...segment, id: 0 }));
  });
}

const modelsFolder = () => readdir(path.join(userFolder, 'project/models'));
const scratch = async () =>
  (await readdir(path.join(userFolder, 'project/cache/engine'))).filter(
    (name) => !/^[0-9a-f]{64}\./u.test(name),
  );
const openPanel = () => page.getByRole('tab', { name: 'Model' }).click();
const button = (name: string | RegExp) => page.getByRole('button', { name });

/** What a person calls eight segments of the open recording: chosen with the mouse, labelled by key. */
async function correctEight(): Promise<void> {
  const given = () => page.locator('.tier-lane[data-kind=annotator] .handle').count();
  const heard = page.locator(
    '.tier-lane[data-kind=model] .handle:not([aria-label^="no speech" i])',
  );
  await expect.poll(given, patiently).toBe(0);
  for (const [index, digit] of ['5', '4', '5', '4', '5', '4', '5', '4'].entries()) {
    await heard.nth(index).click();
    await page.keyboard.press(digit);
    await expect.poll(given, patiently).toBe(index + 1);
  }
}

/** What axe finds, with the markup that it is about. */
async function violations(): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations: found } = await window.axe.run();
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

async function inBothThemes(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await screenshot(page, `${name}-${colorScheme}`);
    expect(await violations(), colorScheme).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

describe('retraining', () => {
  let before: Awaited<ReturnType<typeof modelRow>>;

  it('says what it would learn from once segments are corrected', async () => {
    await untilAnalysed();
    for (const name of names) {
      await page.locator('.row .main', { hasText: name }).click();
      await expect.poll(() => page.title(), patiently).toContain(name);
      await page.locator('.tier-lane[data-kind=model] .handle').first().waitFor(patiently);
      await correctEight();
    }
    before = await modelRow();
    await openPanel();
    await button('Retrain with 24 corrections').waitFor(patiently);
    await inBothThemes('retrain-lesson');
  });

  it(
    'shows how learning goes, then before and after, and changes nothing by itself',
    async () => {
      await button('Retrain with 24 corrections').click();
      await page.getByRole('progressbar', { name: 'Retraining' }).waitFor(patiently);
      await page.getByText(/^Error on what it learns from/u).waitFor({ timeout: aLongTime });
      await screenshot(page, 'retrain-running');
      await button('Keep version 2').waitFor({ timeout: aLongTime });
      await page.getByText('On corrected recordings that were held back').waitFor();
      await inBothThemes('retrain-offer');
      expect(await modelRow()).toEqual(before);
      expect(await modelsFolder()).toHaveLength(1);
    },
    aLongTime,
  );

  it('plays what would change', async () => {
    await button(/^Play (one|two|three)\.wav at /u)
      .first()
      .click();
    await button(/^Pause/u)
      .first()
      .waitFor(patiently);
  });

  it(
    'has the kept version hear everything again, and goes back when it is told to',
    async () => {
      await button('Keep version 2').click();
      const version = await modelsFolder();
      await expect
        .poll(async () => [...new Set((await modelRow()).map(({ model }) => model))], {
          timeout: aLongTime,
        })
        .toEqual(version);
      await untilAnalysed();
      const after = await modelRow();
      expect(after.map(({ label }) => label)).not.toEqual(before.map(({ label }) => label));
      await page.locator('.tier-lane[data-kind=model] .handle').first().waitFor(patiently);
      await inBothThemes('retrain-kept');

      await button('Use original from now on').click();
      await expect.poll(modelRow, { timeout: aLongTime }).toEqual(before);
      await untilAnalysed();

      await page.keyboard.press('Control+z');
      await expect.poll(modelRow, { timeout: aLongTime }).toEqual(after);
      await untilAnalysed();
    },
    aLongTime,
  );

  it(
    'leaves no half of a version where it is killed while it learns',
    async () => {
      const [folders, row] = [await modelsFolder(), await modelRow()];
      await button('Retrain with 24 corrections').click();
      await page.getByText(/round \d+ of/u).waitFor({ timeout: aLongTime });
      const pids = await running.app.evaluate(({ app }) => [
        process.pid,
        ...app.getAppMetrics().map(({ pid }) => pid),
      ]);
      const gone = running.app.waitForEvent('close', { timeout: 0 });
      for (const pid of pids.toReversed()) kill(pid);
      await gone;

      await start();
      await untilAnalysed();

      expect(await modelsFolder()).toEqual(folders);
      expect(await scratch()).toEqual([]);
      expect(await modelRow()).toEqual(row);
      await openPanel();
      await button('Retrain with 24 corrections').waitFor(patiently);
      expect(running.complaints).toEqual([]);
    },
    aLongTime,
  );
});

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // One that ended with the one before it.
    if ((error as { code?: string }).code !== 'ESRCH') throw error;
  }
}
