import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAnnotations } from '#formats/annotation/read.ts';
import { writeAnnotations } from '#formats/annotation/write.ts';
import { conversation } from '../support/conversation.ts';
import { makeWav } from '../support/make-wav.ts';
import {
  answerDialogs,
  dropFiles,
  launchApp,
  removeFolder,
  temporaryFolder,
  type RunningApp,
} from './support/app.ts';
import { findings } from './support/findings.ts';

/** Annotations of other programs come in, are undone and done again. */
let userFolder: string;
let running: RunningApp;
let page: Page;

const patiently = { timeout: 30_000 };
const fixture = (name: string): string => path.resolve('test/fixtures/formats', name);
const inFolder = (name: string): string => path.join(userFolder, 'sounds', name);
const dialog = () => page.getByRole('dialog', { name: 'Import annotations' });
const row = (name: string) => page.getByRole('group', { name, exact: true });
const segmentsOf = (name: string) => row(name).locator('.handle');
const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

beforeAll(async () => {
  userFolder = await temporaryFolder();
  await mkdir(inFolder('.'), { recursive: true });
  const { samples } = conversation([0.8, 0.5, 1.2, 2, 0.4, 1.5, 0.6, 1, 0.7, 0.9, 0.5]);
  await writeFile(inFolder('talk.wav'), makeWav([samples], { format: 's16', sampleRate: 16_000 }));
  await copyFile(fixture('praat-long-utf8.TextGrid'), inFolder('talk.TextGrid'));
  running = await launchApp({ userFolder });
  page = running.page;
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

describe('importing', () => {
  it('takes a TextGrid of Praat that is dropped together with its sound', async () => {
    await dropFiles(page, 'body', [inFolder('talk.wav'), inFolder('talk.TextGrid')]);
    await dialog().getByText('5 of 6 segments are taken').waitFor(patiently);
    await dialog().getByText('a point in time became a segment of 10 ms').waitFor();
    await dialog().getByText('its label is left out').waitFor();
    expect(await findings(page, 'import')).toEqual([]);
  });

  it('maps labels and tiers by keyboard alone, and stores them as one act', async () => {
    await dialog().getByLabel('Where sounds "angry" goes').focus();
    await page.keyboard.type('angry');
    await dialog().getByLabel('Where Mia goes').focus();
    await page.keyboard.type('Leave');
    await dialog().getByText('4 of 6 segments are taken').waitFor(patiently);
    await dialog().getByRole('button', { name: 'Import', exact: true }).focus();
    await press('Enter');
    await dialog().waitFor({ state: 'hidden' });
    await expect.poll(() => segmentsOf('emotion').count(), patiently).toBe(3);
    expect(await segmentsOf('emotion').nth(1).getAttribute('aria-label')).toMatch(
      /^angry, 0:00.50 to 0:01.25/,
    );
    // Its only segment, 10 ms, is too small to be aimed at.
    expect(await row('beats').count()).toBe(1);
    expect(await row('Mia').count()).toBe(0);
  });

  it('undoes all of it at once, and does it again', async () => {
    await press('Control+z');
    await expect.poll(() => row('emotion').count(), patiently).toBe(0);
    expect(await row('beats').count()).toBe(0);
    await press('Control+Shift+z');
    await expect.poll(() => segmentsOf('emotion').count(), patiently).toBe(3);
    expect(await row('beats').count()).toBe(1);
  });

  it('takes an EAF from the menu for the open recording, and remembers how labels were mapped', async () => {
    await answerDialogs(running.app, { open: [fixture('elan.eaf')] });
    await press('Control+i');
    await dialog().getByText('ELAN annotations').waitFor(patiently);
    await dialog().getByText('Put evenly between their neighbours').waitFor();
    const where = dialog().getByLabel('Where my interview.wav goes');
    expect(await where.locator('option:checked').innerText()).toBe('talk.wav');
    await dialog()
      .getByText(/are taken/)
      .waitFor(patiently);
    await dialog().getByRole('button', { name: 'Import', exact: true }).click();
    await dialog().waitFor({ state: 'hidden' });
    await expect.poll(() => segmentsOf('Mia').count(), patiently).toBe(2);
    await press('Control+z');
    await expect.poll(() => row('Mia').count(), patiently).toBe(0);
    await press('Control+Shift+z');
    await expect.poll(() => segmentsOf('Mia').count(), patiently).toBe(2);

    await answerDialogs(running.app, { open: [inFolder('talk.TextGrid')] });
    await press('Control+i');
    const label = dialog().getByLabel('Where sounds "angry" goes');
    await label.waitFor(patiently);
    expect(await label.locator('option:checked').innerText()).toBe('angry');
    await dialog().getByText('another segment of the tier is there already').waitFor(patiently);
    await press('Escape');
    await dialog().waitFor({ state: 'hidden' });
  });

  it('reads Parquet, and refuses what is none, in the built application', async () => {
    const { document } = await readAnnotations(
      await readFile(inFolder('talk.TextGrid')),
      'talk.wav.TextGrid',
    );
    const { bytes } = await writeAnnotations(document, 'parquet');
    await writeFile(inFolder('talk.parquet'), bytes);
    await copyFile(fixture('endless.parquet'), inFolder('endless.parquet'));
    await answerDialogs(running.app, {
      open: [inFolder('talk.parquet'), inFolder('endless.parquet')],
    });
    await press('Control+i');
    await dialog()
      .getByText(/^talk\.parquet Parquet, 5/)
      .waitFor(patiently);
    await dialog().getByText('it is no Parquet file that can be read').waitFor();
    await press('Escape');
    await dialog().waitFor({ state: 'hidden' });
  });

  it('goes without complaints of the page', () => {
    // Axe tries out styles that the policy of the page forbids.
    expect(running.complaints.filter((each) => !each.includes('Content Security Policy'))).toEqual(
      [],
    );
  });
});
