import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayOf } from '#shared/domain/terms.ts';
import { expectAccessible } from './support/accessible.ts';
import {
  answerDialogs,
  removeFolder,
  screenshot,
  temporaryFolder,
  type RunningApp,
} from './support/app.ts';
import {
  emodbClips,
  launchWithSounds,
  openRecording,
  recordingsOf,
  untilAnalysed,
} from './support/with-sounds.ts';

/** Somebody puts down what was agreed about recordings, and exports what may go out. */
let userFolder: string;
let running: RunningApp;
let page: Page;

const names = ['03a04Fd.wav', '08a02Fe.wav', '11a02Nc.wav'] as const;
const [withdrawn, kept, free] = names;
const yesterday = dayOf(new Date(Date.now() - 86_400_000));
const aLongTime = 300_000;
const patiently = { timeout: 60_000 };

beforeAll(async () => {
  userFolder = await temporaryFolder();
  running = await launchWithSounds(userFolder, emodbClips(names));
  page = running.page;
}, aLongTime);
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

const recordings = () => recordingsOf(page);
const open = (name: string) => openRecording(page, name);
const termsOf = async (name: string) => {
  const found = (await recordings()).find((each) => each.name === name);
  return [found?.consent, found?.source, found?.licence, found?.keepUntil];
};

const inspector = () => page.locator('section[aria-labelledby=recording-title]');
const reminder = () => page.getByRole('region', { name: 'Kept longer than agreed' });
const leftOut = '2 recordings left out: consent was withdrawn (1), kept longer than agreed (1)';

it(
  'has terms put down by the keyboard, and undone',
  async () => {
    await untilAnalysed(page, 3, aLongTime);
    await open(withdrawn);
    const consent = inspector().getByLabel('Consent');
    await consent.focus();
    await page.keyboard.type('with');
    await expect.poll(() => termsOf(withdrawn), patiently).toEqual(['withdrawn', '', '', null]);
    await page.keyboard.press('Tab');
    // What is being typed stays, whatever comes meanwhile.
    await page.keyboard.type('Ber');
    await page.evaluate(async (name) => {
      const found = await window.testApi.library.call('recordings.list', {});
      const ids = found.filter((each) => each.name === name).map(({ id }) => id);
      await window.testApi.library.call('recordings.describe', { ids, change: { note: 'news' } });
    }, withdrawn);
    const note = inspector().getByLabel('Note', { exact: true });
    await expect.poll(() => note.inputValue(), patiently).toBe('news');
    await page.keyboard.type('lin');
    await page.keyboard.press('Tab');
    await page.keyboard.type('CC0');
    await page.keyboard.press('Tab');
    const all = ['withdrawn', 'Berlin', 'CC0', null];
    await expect.poll(() => termsOf(withdrawn), patiently).toEqual(all);
    await inspector().locator('h2').click();
    await page.keyboard.press('Control+z');
    await expect
      .poll(() => termsOf(withdrawn), patiently)
      .toEqual(['withdrawn', 'Berlin', '', null]);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => termsOf(withdrawn), patiently).toEqual(all);
  },
  aLongTime,
);

it('reminds of a day that has passed, where the recording is and in the list', async () => {
  await open(kept);
  expect(await reminder().count()).toBe(0);
  const day = inspector().getByLabel('Keep until');
  await day.fill(yesterday);
  await day.press('Enter');
  await inspector().getByText('it is kept longer than agreed').waitFor(patiently);
  await reminder().getByText('1 recording kept longer than agreed').waitFor(patiently);
  expect(await termsOf(kept)).toEqual(['not stated', '', '', yesterday]);
  await screenshot(page, 'terms');
  await expectAccessible(page);
  await reminder().getByRole('button', { name: 'Show' }).click();
  await expect.poll(() => page.locator('.row .main').allTextContents(), patiently).toHaveLength(1);
  await page.getByRole('button', { name: 'Do not ask for kept longer than agreed' }).click();
  await expect.poll(() => page.locator('.row .main').allTextContents(), patiently).toHaveLength(3);
});

it('leaves them out of an export, says so, and takes them where somebody wants that', async () => {
  const dialog = page.getByRole('dialog', { name: 'Export' });
  for (const allTheSame of [false, true]) {
    const file = path.join(userFolder, `out-${allTheSame}.csv`);
    await answerDialogs(running.app, { save: file });
    await page.locator('.row .main').first().click();
    await page.keyboard.press('x');
    await dialog.getByText(`${leftOut}.`).waitFor(patiently);
    if (allTheSame) await dialog.getByLabel('Export those all the same').check();
    else await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Export…' }).click();
    const news = page.getByText(`of ${allTheSame ? 3 : 1} recording`);
    await news.first().waitFor(patiently);
    const csv = await readFile(file, 'utf8');
    expect(names.filter((name) => csv.includes(name))).toEqual(allTheSame ? names : [free]);
  }
  expect(running.complaints).toEqual([]);
});
