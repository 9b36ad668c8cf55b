import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible } from './support/accessible.ts';
import { removeFolder, screenshot, temporaryFolder, type RunningApp } from './support/app.ts';
import {
  emodbClips,
  launchWithSounds,
  openRecording,
  recordingsOf,
  untilAnalysed,
} from './support/with-sounds.ts';

/** Somebody marks recordings as difficult, another one meets them prepared, and is reminded of a break. */
let userFolder: string;
let running: RunningApp;
let page: Page;

const names = ['03a04Fd.wav', '08a02Fe.wav', '11a02Nc.wav'] as const;
const [first, hard, last] = names;
const minute = 60_000;
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

const notice = () => page.getByRole('region', { name: 'Difficult to listen to' });
const waveform = () => page.getByRole('img', { name: 'Waveform of the recording' });
const row = (name: string) => page.locator('.row .main', { hasText: name });
const marked = async () =>
  (await recordingsOf(page)).filter(({ difficult }) => difficult).map(({ name }) => name);
const total = () => page.locator('.transport .total').innerText();

it(
  'has recordings marked, one or several at once, and undone',
  async () => {
    await untilAnalysed(page, 3, aLongTime);
    await openRecording(page, first);
    const inspector = page.locator('section[aria-labelledby=recording-title]');
    await inspector.getByLabel('Difficult to listen to').check();
    await expect.poll(marked, patiently).toEqual([first]);
    // It is open already, and stays so.
    await waveform().waitFor(patiently);
    await inspector.locator('h2').click();
    await page.keyboard.press('Control+z');
    await expect.poll(marked, patiently).toEqual([]);
    await row(hard).click({ modifiers: ['Control'] });
    await row(last).click({ modifiers: ['Control'] });
    await row(first).click({ modifiers: ['Control'] });
    const chosen = page.getByRole('region', { name: 'Chosen recordings' });
    await chosen.getByLabel('Difficult to listen to').check();
    await expect.poll(marked, patiently).toEqual([hard, last]);
    await chosen.getByRole('button', { name: 'Choose none' }).click();
    expect(await row(hard).getByLabel('difficult to listen to').count()).toBe(1);
  },
  aLongTime,
);

it('covers such a recording until it is opened, by the keyboard', async () => {
  await openRecording(page, hard);
  await notice().getByText('This recording is marked as difficult to listen to.').waitFor();
  expect(await waveform().count()).toBe(0);
  const said = page.locator('[role=status]', { hasText: `${hard}: This recording is marked` });
  expect(await said.count()).toBe(1);
  // Nothing plays either.
  expect(await page.getByRole('button', { name: 'Play', exact: true }).isDisabled()).toBe(true);
  expect(await total()).toBe('0:00.00');
  await screenshot(page, 'difficult');
  await expectAccessible(page);

  await notice().getByRole('button', { name: 'Open it' }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.title(), patiently).toContain(last);
  await notice().getByRole('button', { name: 'Open it' }).focus();
  expect(await notice().getByRole('button').allInnerTexts()).toEqual(['Open it']);
  await page.keyboard.press('Enter');
  await waveform().waitFor(patiently);
  expect(await notice().count()).toBe(0);
  expect(await total()).not.toBe('0:00.00');

  await openRecording(page, hard);
  await notice().waitFor(patiently);
  await openRecording(page, last);
  await waveform().waitFor(patiently);
});

it(
  'reminds of a break after minutes of annotating without one, until it is taken',
  async () => {
    const menu = page.locator('.status-bar').getByRole('button', { name: /break/iu });
    expect(await menu.innerText()).toBe('Break after 50 min');
    await menu.click();
    await expectAccessible(page, '[role=menu]');
    await page.getByRole('menuitemradio', { name: 'After 25 minutes' }).click();
    expect(await menu.innerText()).toBe('Break after 25 min');

    const start = Date.now();
    await page.keyboard.press(']');
    for (let minutes = 0; minutes <= 28; minutes += 4) {
      expect(await menu.innerText(), `after ${minutes} minutes`).toBe('Break after 25 min');
      await page.clock.setFixedTime(start + minutes * minute);
      await page.keyboard.press(minutes % 8 === 0 ? '1' : '2');
      await page.getByText('Saved').waitFor(patiently);
    }
    await page.getByText('25 minutes without a break.', { exact: true }).waitFor(patiently);
    expect(await menu.innerText()).toMatch(/^25\sminutes without a break$/u);
    await screenshot(page, 'break');
    await page.clock.setFixedTime(start + 33 * minute);
    await expect.poll(() => menu.innerText(), patiently).toBe('Break after 25 min');
    expect(running.complaints).toEqual([]);
  },
  aLongTime,
);
