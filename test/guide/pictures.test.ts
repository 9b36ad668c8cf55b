import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchApp, removeFolder, temporaryFolder, type RunningApp } from '../e2e/support/app.ts';

/** The pictures of docs/GUIDE.md, in the order in which a person would come to see them. */
const patiently = { timeout: 60_000 };
const sample = 'sample-emodb-speaker-08.flac';

let userFolder: string;
let running: RunningApp;
let page: Page;

beforeAll(async () => {
  userFolder = await temporaryFolder();
  running = await launchApp({ userFolder, byHand: true });
  page = running.page;
  await page.getByRole('listitem').filter({ hasText: sample }).waitFor(patiently);
  await handles('model').nth(3).waitFor(patiently);
  await page.getByRole('button', { name: 'Got it' }).click();
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

const handles = (tier: 'annotator' | 'model') =>
  page.locator(`.tier-lane[data-kind=${tier}] .handle`);

async function picture(name: string): Promise<void> {
  // The pointer rests where nothing reacts to it.
  await page.mouse.move(2, 2);
  await page.screenshot({ path: path.join('docs/images', `${name}.png`), animations: 'disabled' });
}

it('shows the first start', async () => {
  await picture('guide-first-start');
  await page.getByRole('button', { name: 'End the tour' }).click();
});

it('shows what is known of a segment', async () => {
  await handles('model').filter({ hasText: 'sad' }).first().click();
  await page.locator('.label-buttons').waitFor();
  await picture('guide-segment');
});

it('shows corrections on a tier of their own', async () => {
  for (const [index, key] of ['4', '5', '7'].entries()) {
    const own = handles('model').filter({ hasText: /^(?:sad|F|A)/u });
    await own.nth(index).click();
    await page.keyboard.press(key);
    await expect.poll(() => handles('annotator').count(), patiently).toBe(index + 1);
  }
  await picture('guide-correct');
});

it('shows every step that was taken', async () => {
  await page.getByRole('tab', { name: 'History' }).click();
  await picture('guide-history');
});

it('shows what to listen to next', async () => {
  await page.getByRole('tab', { name: 'Review' }).click();
  await picture('guide-review');
});

it('shows how far those who labelled agree', async () => {
  await page.getByRole('tab', { name: 'Agreement' }).click();
  await page.getByRole('tabpanel').getByText(/kappa/iu).first().waitFor(patiently);
  await picture('guide-agreement');
});

it('shows what a model can learn', async () => {
  await page.getByRole('tab', { name: 'Model' }).click();
  await picture('guide-model');
});

it('shows the keys', async () => {
  await page.keyboard.press('F1');
  await page.getByRole('dialog').waitFor();
  await picture('guide-keys');
  await page.keyboard.press('Escape');
});

it('shows the segments as a table', async () => {
  await page.keyboard.press('t');
  await picture('guide-table');
  await page.keyboard.press('t');
});

it('shows the sound more closely', async () => {
  await page.keyboard.press('g');
  await page.locator('.spectrogram-lane canvas').first().waitFor(patiently);
  await picture('guide-spectrogram');
});

it('shows it in the dark', async () => {
  await page.getByRole('tab', { name: 'Selection' }).click();
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture('guide-dark');
});
