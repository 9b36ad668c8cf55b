import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../cli/run-cli.ts';
import { emodbClips } from '../support/emodb.ts';
import { growRecordingTree } from '../support/recording-tree.ts';
import { expectAccessible } from './support/accessible.ts';
import {
  answerDialogs,
  launchApp,
  removeFolder,
  screenshot,
  temporaryFolder,
  type RunningApp,
} from './support/app.ts';

/** One sitting with a whole folder, in the order in which a person would do it. */
let userFolder: string;
let sounds: string;
let running: RunningApp;
let page: Page;

const patiently = { timeout: 30_000 };
const analysis = { timeout: 150_000 };
const clip = 'test/fixtures/emodb/15a01La.wav';
beforeAll(async () => {
  userFolder = await temporaryFolder();
  sounds = path.join(userFolder, 'sounds');
  const clips = emodbClips().map(({ samples }) => samples);
  // 37 that can be analysed, one of them only in part, and three that cannot.
  growRecordingTree(sounds, clips, { recordings: 36, broken: 2 });
  await writeFile(path.join(sounds, 'empty.wav'), '');
  const whole = await readFile(clip);
  await writeFile(path.join(sounds, 'cut off.wav'), whole.subarray(0, whole.length - 9001));
  running = await launchApp({ userFolder });
  page = running.page;
  page.setDefaultTimeout(patiently.timeout);
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

const bar = () => page.getByRole('region', { name: 'Queue' });
const barText = async () => ((await bar().isVisible()) ? ((await bar().textContent()) ?? '') : '');
const dialog = () => page.getByRole('dialog');

async function showQueue(): Promise<void> {
  await page.keyboard.press('q');
  await dialog().getByRole('heading', { name: 'Queue' }).waitFor(patiently);
}

async function closeDialog(): Promise<void> {
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'hidden' });
}

describe('a whole folder', () => {
  it('is opened, and its queue is told as a whole', async () => {
    await answerDialogs(running.app, { open: [sounds] });
    await page.locator('.library').getByRole('button', { name: 'Open a folder' }).click();
    await expect.poll(barText, patiently).toMatch(/[1-9]\d* of 40/u);
    await screenshot(page, 'queue-working');
  });

  it('is paused, and waits for as long as nobody has it go on, also after a restart', async () => {
    await bar().getByRole('button', { name: 'Pause' }).click();
    await expect.poll(barText, patiently).toMatch(/Paused at \d+ of 40/u);
    const paused = await barText();
    await screenshot(page, 'queue-paused');
    await expectAccessible(page);
    await running.close();
    running = await launchApp({ userFolder });
    page = running.page;
    page.setDefaultTimeout(patiently.timeout);
    await expect.poll(barText, patiently).toBe(paused);
    await bar().getByRole('button', { name: 'Go on' }).waitFor();
  });

  it('shows who waits, in the order of their turns; one of them is put first', async () => {
    await showQueue();
    const names = () => dialog().locator('li .words p:first-child').allTextContents();
    await expect.poll(async () => (await names()).length, patiently).toBeGreaterThan(3);
    const [, , third = ''] = await names();
    await dialog().getByRole('button', { name: ' next' }).nth(2).click();
    await expect.poll(async () => (await names())[0], patiently).toBe(third);
    await screenshot(page, 'queue-dialog');
    await expectAccessible(page);
    await dialog().getByRole('button', { name: 'Go on' }).click();
    await closeDialog();
  });

  it('is worked off to its end, and says how', async () => {
    await expect.poll(barText, analysis).toContain('37 analysed, 3 failed');
    await screenshot(page, 'queue-done');
  });

  it('names what failed and why, and tries one again that was mended', async () => {
    await showQueue();
    await dialog().getByRole('tab', { name: 'Failed' }).click();
    await expect.poll(() => dialog().locator('li').count(), patiently).toBe(3);
    await screenshot(page, 'queue-failed');
    await expectAccessible(page);
    expect(await dialog().getByText('is empty. Copy or export').count()).toBe(1);
    await copyFile(clip, path.join(sounds, 'plain/broken 0.wav'));
    await dialog().getByRole('button', { name: 'Try broken 0.wav again' }).click();
    await expect.poll(() => dialog().locator('li').count(), patiently).toBe(2);
    await dialog().getByRole('button', { name: 'Try all 2 failed again' }).click();
    await closeDialog();
    await expect.poll(barText, patiently).toContain('2 failed');
  });
});

describe('an export', () => {
  async function exportAs(target: string, choices: readonly string[]): Promise<void> {
    await answerDialogs(running.app, { save: target });
    await page.keyboard.press('x');
    await dialog().getByLabel('Format').selectOption('csv');
    await dialog().getByLabel('Labels of').selectOption('model');
    for (const choice of choices) await dialog().getByLabel(choice).check();
    await screenshot(page, 'export-dialog');
    await expectAccessible(page);
    await dialog().getByRole('button', { name: 'Export…' }).click();
    await page.getByText(path.basename(target)).first().waitFor(patiently);
  }

  it.each([
    ['recording', 'Recordings: shares'],
    ['window', 'Windows: each step'],
    ['segment', 'Segments: each stretch'],
  ])(
    'of all per %s is byte for byte what the command line writes',
    async (unit, choice) => {
      const own = path.join(userFolder, `window-${unit}.csv`);
      await exportAs(own, [choice, 'One file']);
      const other = path.join(userFolder, `command-${unit}.csv`);
      const run = await runCli(['analyze', sounds, '--per', unit, '-o', other]);
      expect(run.status).toBe(1);
      expect(await readFile(own, 'utf8')).toBe(await readFile(other, 'utf8'));
    },
    200_000,
  );

  it('of a filter goes into a folder, a file each, in a format of another program', async () => {
    await page.getByRole('searchbox', { name: 'Search recordings' }).fill('take 0');
    await page.getByText('take 1.wav').first().waitFor({ state: 'hidden' });
    const target = path.join(userFolder, 'grids');
    await answerDialogs(running.app, { save: target });
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Other formats and tables…' }).click();
    await dialog().getByLabel('Those that the filter shows').check();
    await dialog().getByLabel('Format').selectOption('textgrid');
    await screenshot(page, 'export-each');
    await dialog().getByRole('button', { name: 'Export…' }).click();
    await page.getByText('Not written: the confidence').first().waitFor(patiently);
    await screenshot(page, 'export-done');
    const files = await readdir(target, { recursive: true });
    expect(files.filter((name) => name.endsWith('.TextGrid'))).toHaveLength(6);
    expect(running.complaints).toEqual([]);
  });
});
