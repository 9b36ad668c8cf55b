import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
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

const rounds = counts(20, 100);
const patiently = { timeout: 60_000, interval: 100 };
let userFolder: string;
let running: RunningApp;
let page: Page;

beforeAll(async () => {
  userFolder = await temporaryFolder();
  await mkdir(path.join(userFolder, 'sounds'));
  for (const [index, pause] of [0.5, 1.5].entries()) {
    const { samples } = conversation(Array<number>(8).fill(pause));
    const sound = path.join(userFolder, 'sounds', `talk ${String(index)}.wav`);
    await writeFile(sound, makeWav([samples], { format: 's16', sampleRate: 16_000 }));
  }
  running = await launchApp({ userFolder });
  page = running.page;
  await dropFiles(page, 'body', [path.join(userFolder, 'sounds')]);
  await page.locator('section.library .ribbon').nth(1).waitFor({ timeout: 90_000 });
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

const modelRow = '.tier-lane[data-kind=model] .handle';

/** What a person sees of where they are; asked in the page. */
const seenInPage = `({
  title: document.title,
  handles: [...document.querySelectorAll('.tier-lane .handle')].map((each) => {
    const { left, width } = each.getBoundingClientRect();
    const chosen = each.getAttribute('aria-pressed') ?? each.getAttribute('aria-selected');
    return [each.getAttribute('aria-label'), 'at', left.toFixed(0), 'wide', width.toFixed(0), chosen].join(' ');
  }),
  note: document.querySelector('.segment-note textarea')?.value,
})`;

/** Through the main process: for the one who drives it, a page that crashed once has no return. */
function seen(): Promise<unknown> {
  return running.app.evaluate(
    ({ BrowserWindow }, code) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code) as Promise<unknown>,
    seenInPage,
  );
}

/** Turns to another recording, zooms in, chooses a segment, and writes something about it. */
async function goSomewhere(round: number): Promise<string> {
  const name = `talk ${String(round % 2)}.wav`;
  const row = page.locator('section.library li.row').filter({ hasText: name });
  await row.getByRole('button').first().click();
  await expect.poll(() => page.title(), patiently).toContain(name);
  await expect.poll(() => page.locator(modelRow).count(), patiently).toBeGreaterThan(3);
  await page
    .locator(modelRow)
    .nth(1 + (round % 3))
    .click();
  for (let press = 0; press <= 2 + (round % 3); press += 1) await page.keyboard.press('+');
  const words = `written before crash ${String(round)}`;
  await page.keyboard.press('n');
  await page.locator('.segment-note textarea').fill(words);
  await page.keyboard.press('Escape');
  return words;
}

async function crash(): Promise<void> {
  await running.app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const loaded = new Promise<void>((resolve) => {
      contents?.once('did-finish-load', () => {
        resolve();
      });
    });
    contents?.forcefullyCrashRenderer();
    await loaded;
  });
}

it('a page that crashes comes back with recording, zoom, what was chosen and what was written', async (context) => {
  for (let round = 0; round < rounds; round += 1) {
    const words = await goSomewhere(round);
    await expect.poll(seen, patiently).toMatchObject({ note: words });
    await page.waitForTimeout(1_000);
    const before = await seen();
    await crash();
    await expect.poll(seen, patiently).toEqual(before);
    await running.close();
    running = await launchApp({ userFolder });
    page = running.page;
    await expect.poll(seen, patiently).toEqual(before);
  }
  tell(
    context,
    `${rounds} crashes of the page and ${rounds} restarts: back on recording, zoom, choice and note each time`,
  );
});
