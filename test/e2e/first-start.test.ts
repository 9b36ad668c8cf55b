import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noticeForSpeakers, statements } from '#shared/domain/responsible-use.ts';
import {
  launchApp,
  removeFolder,
  screenshot,
  temporaryFolder,
  type RunningApp,
} from './support/app.ts';

const patiently = { timeout: 30_000 };
const sample = 'sample-emodb-speaker-08.flac';

let userFolder: string;
let running: RunningApp;
let page: Page;

async function start(): Promise<void> {
  running = await launchApp({ userFolder, byHand: true });
  page = running.page;
}

beforeAll(async () => {
  userFolder = await temporaryFolder();
  await start();
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

const tour = () => page.getByRole('region', { name: 'Tour' });
const notice = () => page.getByRole('complementary', { name: 'What Undertone is for' });
const segments = () => page.locator('[role=grid] [role=row][data-row]');

describe('the first start', () => {
  it('opens a sample that is listened to by itself', async () => {
    await page.getByRole('listitem').filter({ hasText: sample }).waitFor(patiently);
    await expect.poll(() => segments().count(), patiently).toBeGreaterThan(3);
  });

  it('says what it is and what it is not for, in nobody’s way', async () => {
    expect(await notice().textContent()).toContain(statements.meaning);
    await screenshot(page, 'first-start');
    await notice().getByRole('button', { name: 'What it is not for…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Responsible use' });
    for (const text of Object.values(statements)) {
      await dialog.getByText(text).waitFor(patiently);
    }
    await screenshot(page, 'responsible-use');
    await dialog.getByText(noticeForSpeakers).waitFor(patiently);
    await page.keyboard.press('Escape');
    await notice().getByRole('button', { name: 'Got it' }).click();
    await expect.poll(() => notice().count(), patiently).toBe(0);
  });

  it('shows in three steps what one does, by keyboard alone', async () => {
    const titles: (string | null)[] = [];
    while ((await tour().count()) > 0) {
      titles.push(await tour().getByRole('heading').textContent());
      await tour()
        .getByRole('button', { name: /Next|Done/u })
        .press('Enter');
    }
    expect(titles).toEqual(['Listen', 'Correct', 'Export']);
  });

  it('can be read by everybody: no finding of axe', async () => {
    await running.app.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()
        ?.items.flatMap(({ submenu }) => submenu?.items ?? [])
        .find(({ label }) => label === '&Tour')
        ?.click();
    });
    await tour().waitFor(patiently);
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => {
      const { violations } = await window.axe.run();
      return violations.map(({ id, help }) => `${id}: ${help}`);
    });
    expect(found).toEqual([]);
    await tour().getByRole('button', { name: 'End the tour' }).click();
    await expect.poll(() => tour().count(), patiently).toBe(0);
  });

  it('is the first once only', async () => {
    await running.close();
    await start();
    await page.getByRole('listitem').filter({ hasText: sample }).waitFor(patiently);
    await expect.poll(() => segments().count(), patiently).toBeGreaterThan(3);
    expect(await tour().count()).toBe(0);
    expect(await notice().count()).toBe(0);
  });
});
