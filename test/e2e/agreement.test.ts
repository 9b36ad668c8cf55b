import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversation } from '../support/conversation.ts';
import { makeWav } from '../support/make-wav.ts';
import {
  dropFiles,
  launchApp,
  removeFolder,
  temporaryFolder,
  type RunningApp,
} from './support/app.ts';
import { findings } from './support/findings.ts';

/** Two who have labelled a recording are compared with each other and with the model. */
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
  await writeFile(inFolder('talk.TextGrid'), await readFile(fixture('praat-long-utf8.TextGrid')));
  await writeFile(inFolder('talk.eaf'), await readFile(fixture('elan.eaf')));
  running = await launchApp({ userFolder });
  page = running.page;
  await dropFiles(page, 'body', [inFolder('talk.wav')]);
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

describe('agreement', () => {
  const panel = () => page.getByRole('tabpanel');

  it('has annotations of two to compare', async () => {
    for (const name of ['talk.TextGrid', 'talk.eaf']) {
      await dropFiles(page, 'body', [inFolder(name)]);
      await dialog().locator('.sum').waitFor(patiently);
      const long = dialog().getByLabel(/^Where calm/);
      if ((await long.count()) > 0) await long.selectOption('calm');
      await dialog().locator('.sum').waitFor(patiently);
      await dialog().getByRole('button', { name: 'Import', exact: true }).click();
      await dialog().waitFor({ state: 'hidden' });
    }
    await expect.poll(() => segmentsOf('Mia').count(), patiently).toBeGreaterThan(1);
  });

  it('is told in plain sentences, of two tiers and with the model', async () => {
    await expect.poll(() => segmentsOf('Model').count(), patiently).toBeGreaterThan(3);
    await page.getByRole('tab', { name: 'Agreement' }).focus();
    await press('Enter');
    await panel()
      .getByText(/^emotion and Mia: .*Cohen's kappa/)
      .waitFor(patiently);
    await panel()
      .getByLabel(/^Emotions only/)
      .focus();
    await press('Space');
    await panel()
      .getByText(/^Model and emotion: .*Cohen's kappa/)
      .waitFor(patiently);
    await panel()
      .getByText(/Fleiss' kappa/)
      .waitFor();
    await panel()
      .getByText(/^Krippendorff's alpha/)
      .waitFor();
    expect(await findings(page, 'agreement')).toEqual([]);
  });

  it('goes to a place where they differ and plays it', async () => {
    await panel().getByLabel('The model').focus();
    await press('Space');
    await expect
      .poll(
        () =>
          panel()
            .getByText(/^Model and/)
            .count(),
        patiently,
      )
      .toBe(0);
    const place = panel().getByRole('listitem').filter({ hasText: ' – ' }).first();
    await place.waitFor(patiently);
    const times = await place.locator('.times').innerText();
    await place.getByRole('button').focus();
    await press('Enter');
    // It stops by itself where the place ends.
    const end = times.split(' – ')[1]?.trim();
    await expect.poll(() => page.locator('.clock .now').innerText(), patiently).toBe(end);
    await page.getByRole('tab', { name: 'Selection' }).click();
    await page.getByText('Marked stretch').waitFor();
  });

  it('goes without complaints of the page', () => {
    // Axe tries out styles that the policy of the page forbids.
    expect(running.complaints.filter((each) => !each.includes('Content Security Policy'))).toEqual(
      [],
    );
  });
});
