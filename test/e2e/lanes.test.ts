import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversation } from '../support/conversation.ts';
import { makeWav } from '../support/make-wav.ts';
import {
  launchApp,
  removeFolder,
  screenshot,
  temporaryFolder,
  type RunningApp,
} from './support/app.ts';

/** Somebody records, marks moments, and then looks at them more closely: by key, and at the end by mouse. */
let userFolder: string;
let switches: readonly string[];
let running: RunningApp;
let page: Page;

const patiently = { timeout: 30_000 };

beforeAll(async () => {
  userFolder = await temporaryFolder();
  const { samples } = conversation([0.4, 0.3, 0.6]);
  const wav = path.join(userFolder, 'microphone.wav');
  await writeFile(wav, makeWav([samples], { format: 's16', sampleRate: 16_000 }));
  switches = ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${wav}`];
  running = await launchApp({ userFolder, switches });
  page = running.page;
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const secondsOf = (words: string): number => {
  const [minutes = '0', seconds = '0'] = words.split(':');
  return 60 * Number(minutes) + Number(seconds);
};
const recordedClock = async (): Promise<number> =>
  secondsOf(await page.locator('.record-controls .clock').innerText());
const clock = async (): Promise<number> => secondsOf(await page.locator('.clock .now').innerText());
const flags = () => page.locator('.mark-flags button');
/** As marks are said: `laughs, 0:01.20`. */
const spoken = (): Promise<readonly string[]> =>
  flags().evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''));
const times = async (): Promise<readonly number[]> =>
  (await spoken()).map((words) => secondsOf(words.split(', ').at(-1) ?? ''));
const list = () => page.getByRole('region', { name: /^Marks/ });
const lane = (name: string) => page.getByRole('region', { name, exact: true });
const value = async (name: string): Promise<string> =>
  (await lane(name).locator('.value').innerText()).replaceAll('\u00a0', ' ');
/** How many different colours a lane's canvas shows. */
const colours = (name: string): Promise<number> =>
  lane(name)
    .locator('canvas')
    .evaluate((canvas) => {
      const context = canvas instanceof HTMLCanvasElement ? canvas.getContext('2d') : null;
      if (!context) return 0;
      const { width, height } = context.canvas;
      const { data } = context.getImageData(0, 0, width, height);
      return new Set(new Uint32Array(data.buffer)).size;
    });

async function expectAccessible(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await screenshot(page, `${name}-${colorScheme}`);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => window.axe.run());
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`);
    expect(told, colorScheme).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}

describe('marks', () => {
  it('that were made while recording stand on the stage afterwards', async () => {
    await press('r');
    await page.getByRole('button', { name: 'Start recording' }).click();
    for (const moment of [1, 2, 3]) {
      await expect.poll(recordedClock, { ...patiently, interval: 50 }).toBeGreaterThan(moment);
      await press('m');
    }
    await expect.poll(recordedClock, patiently).toBeGreaterThan(4);
    await page.getByRole('button', { name: 'Stop and keep' }).click();
    await page.locator('.tier-lane[data-kind=model] canvas').waitFor({ timeout: 60_000 });
    await expect.poll(() => flags().count(), patiently).toBe(3);
    const [first = 0, second = 0, third = 0] = await times();
    expect(first).toBeGreaterThan(0.9);
    expect(second).toBeGreaterThan(first + 0.5);
    expect(third).toBeGreaterThan(second + 0.5);
  });

  it('are walked along by key, and an end is said', async () => {
    const [first = 0, second = 0, third = 0] = await times();
    await press('Home', 'k');
    await expect.poll(clock, patiently).toBeCloseTo(first, 1);
    await press('k', 'k');
    await expect.poll(clock, patiently).toBeCloseTo(third, 1);
    await press('k');
    await page.locator('.toast').getByText('There is no mark after this.').waitFor();
    await press('Shift+K');
    await expect.poll(clock, patiently).toBeCloseTo(second, 1);
  });

  it('are listed in words, get notes, are taken away, and undo brings them back', async () => {
    await list().getByRole('textbox', { name: 'Note on mark 2' }).fill('laughs');
    await press('Enter');
    await expect.poll(async () => (await spoken())[1], patiently).toMatch(/^laughs, 0:0\d/);
    await list().getByRole('button', { name: 'Remove mark 1' }).click();
    await expect.poll(() => flags().count(), patiently).toBe(2);
    await page.locator('body').press('Control+z');
    await expect.poll(() => flags().count(), patiently).toBe(3);
    await list()
      .getByRole('button', { name: /^Go to laughs/ })
      .focus();
    await press('Home');
    await press('Enter');
    await expect.poll(clock, patiently).toBeCloseTo((await times())[1] ?? 0, 1);
  });

  it('are gone to by a click on their flag', async () => {
    const [flag] = await flags().all();
    const box = await flag?.boundingBox();
    await page.mouse.click((box?.x ?? 0) + 3, (box?.y ?? 0) + 5);
    await expect.poll(clock, patiently).toBeCloseTo((await times())[0] ?? 0, 1);
  });
});

describe('lanes', () => {
  it('show a spectrogram, and the strongest frequency at the playhead', async () => {
    await page.locator('body').press('g');
    await lane('Spectrogram').locator('canvas').waitFor(patiently);
    await expect.poll(() => colours('Spectrogram'), patiently).toBeGreaterThan(50);
    await expect.poll(() => value('Spectrogram'), patiently).toMatch(/^\d+ Hz\n−\d+\.\d dB$/);
    const kept = await readdir(path.join(userFolder, 'project/cache/engine'));
    expect(kept.filter((name) => name.endsWith('.spectrogram.json'))).toHaveLength(1);
  });

  it('are chosen from a menu by key, and tell values with units', async () => {
    await press('d');
    await page.getByRole('menu').waitFor();
    for (const name of ['Pitch', 'Centroid', 'Level']) {
      await page.keyboard.type(name.slice(0, 3));
      await page.getByRole('menuitemcheckbox', { name, exact: true }).press('Enter');
      // So that what is typed next begins a new name.
      await expect
        .poll(() => page.getByRole('menuitemcheckbox', { name, checked: true }).count(), patiently)
        .toBe(1);
      await press('Home');
    }
    await press('Escape');
    for (const name of ['Pitch', 'Centroid', 'Level']) {
      await lane(name).locator('canvas').waitFor(patiently);
      await expect.poll(() => colours(name), patiently).toBeGreaterThan(1);
    }
    await expect.poll(() => value('Level'), patiently).toMatch(/^−\d+\.\d dB$/);
    await expect.poll(() => value('Centroid'), patiently).toMatch(/^\d+(\.\d+)? k?Hz$/);
    // Where the pointer is on the lanes, they tell what is under it.
    await page.mouse.move(0, 0);
    await press('Home');
    await expect.poll(clock, patiently).toBe(0);
    const before = await value('Level');
    await press('ArrowRight');
    await expect.poll(() => value('Level'), patiently).not.toBe(before);
  });

  it('show the frequency under the pointer, and follow it', async () => {
    const box = await lane('Spectrogram').locator('.plot').boundingBox();
    if (!box) throw new Error('There is no spectrogram.');
    await page.mouse.move(box.x + box.width / 2, box.y + 0.25 * box.height);
    const label = lane('Spectrogram').locator('.level');
    await expect.poll(() => label.innerText(), patiently).toMatch(/^3\.9\d\u00a0kHz$/);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 3);
    await expect.poll(() => label.innerText(), patiently).toMatch(/^\d\d?\u00a0Hz$/);
    await page.mouse.move(0, 0);
    await expect.poll(() => label.count(), patiently).toBe(0);
  });

  it('can be used by everybody: no finding of axe in light and in dark', async () => {
    // Before axe, which tries out styles that the page's policy forbids.
    expect(running.complaints).toEqual([]);
    // The menu gave the focus back to its button, whose tooltip stands beside the page.
    await page.locator('.tier-lane[data-kind=model] .handle').first().focus();
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    await expectAccessible('lanes');
  });

  it('are there again at the next start, and go by the button in their corner', async () => {
    await running.close();
    running = await launchApp({ userFolder, switches });
    page = running.page;
    for (const name of ['Spectrogram', 'Level', 'Pitch', 'Centroid']) {
      await lane(name).locator('canvas').waitFor(patiently);
    }
    await page.getByRole('button', { name: 'Hide Spectrogram' }).click();
    await expect.poll(() => lane('Spectrogram').count(), patiently).toBe(0);
    await expect.poll(() => flags().count(), patiently).toBe(3);
  });
});
