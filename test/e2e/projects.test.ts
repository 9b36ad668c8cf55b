import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWav } from '../support/make-wav.ts';
import {
  answerDialogs,
  dropFiles,
  launchApp,
  removeFolder,
  screenshot,
  temporaryFolder,
  type RunningApp,
} from './support/app.ts';

/** One sitting with several project folders, in the order in which a person would do it. */
let userFolder: string;
let sounds: string;
let running: RunningApp;
let page: Page;

const patiently = { timeout: 20_000 };
const names = ['Anna 1.wav', 'Anna 2.wav', 'Bert 1.wav', 'Gespräch.wav'];

beforeAll(async () => {
  userFolder = await temporaryFolder();
  sounds = path.join(userFolder, 'sounds');
  await mkdir(sounds);
  for (const [index, name] of names.entries()) {
    const tone = Float32Array.from(
      { length: 16_000 },
      (_, at) => 0.2 * Math.sin(at * 0.05 * (index + 1)),
    );
    await writeFile(
      path.join(sounds, name),
      makeWav([tone], { format: 's16', sampleRate: 16_000 }),
    );
  }
  running = await launchApp({ userFolder });
  page = running.page;
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

const panel = () => page.locator('section.library');
const rows = () => panel().locator('li.row .name').allTextContents();
const project = () => page.getByRole('button', { name: /^Project / });
const row = (name: string) => panel().locator('li.row').filter({ hasText: name });

/** Chooses from the menu of projects; where another project opens, waits for the page that comes. */
async function choose(item: string | RegExp, { reloads }: { reloads: boolean }): Promise<void> {
  const loaded = reloads ? page.waitForEvent('load', patiently) : undefined;
  await project().click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
  await loaded;
  if (reloads) await project().waitFor(patiently);
}

/** @param part what is looked at; the whole page otherwise */
async function expectAccessible(part = 'html'): Promise<void> {
  await page.evaluate(axe.source);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await page.evaluate((selector) => window.axe.run(selector), part);
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`);
    expect(told, colorScheme).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}

describe('the default project', () => {
  it('opens by itself', async () => {
    await expect.poll(() => project().textContent(), patiently).toContain('Default project');
    await dropFiles(page, '#app', [sounds]);
    await expect.poll(rows, patiently).toEqual(names);
    await expect.poll(() => panel().locator('.ribbon').count(), { timeout: 60_000 }).toBe(4);
  });
});

describe('recordings', () => {
  it('are found by name, whatever the accents', async () => {
    await page.getByRole('searchbox', { name: 'Search recordings' }).fill('gesprach');
    await expect.poll(rows, patiently).toEqual(['Gespräch.wav']);
    await page.getByRole('searchbox', { name: 'Search recordings' }).fill('');
    await expect.poll(rows, patiently).toEqual(names);
  });

  it('get a speaker and a tag, several at once, and are found by those', async () => {
    await row('Anna 1').getByRole('button').first().click();
    await row('Anna 2')
      .getByRole('button')
      .first()
      .click({ modifiers: ['Control'] });
    const chosen = page.getByRole('region', { name: 'Chosen recordings' });
    await chosen.getByLabel('Speaker').fill('Anna');
    await chosen.getByLabel('Speaker').press('Enter');
    await chosen.getByLabel('Tags').fill('pilot');
    await chosen.getByLabel('Tags').press('Enter');
    await chosen.getByRole('button', { name: 'Take the tag pilot off' }).waitFor(patiently);
    await screenshot(page, 'library-chosen');
    await expectAccessible();
    await chosen.getByRole('button', { name: 'Choose none' }).click();

    await page.getByRole('button', { name: 'Filter and order' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Anna', exact: true }).click();
    await screenshot(page, 'library-filter');
    await page.keyboard.press('Escape');
    await expect.poll(rows, patiently).toEqual(['Anna 1.wav', 'Anna 2.wav']);
    await page.getByRole('button', { name: 'Do not ask for Anna' }).click();
    await expect.poll(rows, patiently).toEqual(names);
  });

  it('are taken off the list, and put back by undo', async () => {
    await row('Bert 1').getByRole('button').first().click();
    await page.getByRole('button', { name: 'Take off the list' }).click();
    await expect.poll(rows, patiently).not.toContain('Bert 1.wav');
    await page.locator('body').press('Control+z');
    await expect.poll(rows, patiently).toEqual(names);
  });

  it('are deleted for good only by a second, confirmed act', async () => {
    await row('Bert 1').getByRole('button').first().click();
    await page.getByRole('button', { name: 'Take off the list' }).click();
    await expect.poll(rows, patiently).not.toContain('Bert 1.wav');
    await choose('Recordings taken off the list…', { reloads: false });
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Delete for good… Bert 1.wav' }).click();
    await screenshot(page, 'library-removed');
    await expectAccessible();
    await dialog.getByRole('button', { name: 'Delete for good', exact: true }).click();
    await dialog.getByText('There are none.').waitFor(patiently);
    await page.keyboard.press('Escape');
    expect(await readdir(sounds)).toContain('Bert 1.wav');
  });

  it('whose file was moved are noticed, and found again in a folder', async () => {
    const elsewhere = path.join(userFolder, 'elsewhere');
    await mkdir(elsewhere);
    await rename(path.join(sounds, 'Anna 1.wav'), path.join(elsewhere, 'moved.wav'));
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await row('Anna 1').getByText('file not found').waitFor(patiently);
    await screenshot(page, 'library-missing');
    await expectAccessible();
    await answerDialogs(running.app, { open: [elsewhere] });
    await page.getByRole('button', { name: 'Search a folder…' }).click();
    await expect.poll(rows, patiently).toContain('moved.wav');
    await expect.poll(() => page.getByText('file not found').count(), patiently).toBe(0);
  });
});

describe('other projects', () => {
  it('are made, and empty', async () => {
    await answerDialogs(running.app, { save: path.join(userFolder, 'Second') });
    await choose(/^New project…/u, { reloads: true });
    await expect.poll(() => project().textContent(), patiently).toContain('Second');
    expect(await rows()).toEqual([]);
    await dropFiles(page, '#app', [path.join(sounds, 'Gespräch.wav')]);
    await expect.poll(rows, patiently).toEqual(['Gespräch.wav']);
  });

  it('are opened again from the list, where they are as they were left', async () => {
    await choose('Default project', { reloads: true });
    await expect.poll(rows, patiently).toEqual(['moved.wav', 'Anna 2.wav', 'Gespräch.wav']);
    await choose('Second', { reloads: true });
    await expect.poll(rows, patiently).toEqual(['Gespräch.wav']);
  });

  it('that are none are refused in words, and the open one stays', async () => {
    await answerDialogs(running.app, { open: [sounds] });
    await choose(/^Open project…/u, { reloads: false });
    await page
      .getByText(/There is no project in/)
      .first()
      .waitFor(patiently);
    expect(await rows()).toEqual(['Gespräch.wav']);
  });

  it('are copied, and the copy is opened', async () => {
    await answerDialogs(running.app, { save: path.join(userFolder, 'Copy') });
    await choose('Copy project…', { reloads: false });
    await page.getByText('Copied to Copy, and checked.').first().waitFor(patiently);
    await screenshot(page, 'projects-copied');
    await choose('Copy', { reloads: true });
    await expect.poll(() => project().textContent(), patiently).toContain('Copy');
    await expect.poll(rows, patiently).toEqual(['Gespräch.wav']);
  });

  it('show what can be done with them in a menu that everybody can use', async () => {
    await project().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'New project…' }).waitFor(patiently);
    await screenshot(page, 'projects-menu');
    await expectAccessible('.menu');
    await page.keyboard.press('Escape');
  });
});

describe('the next start', () => {
  async function restart(): Promise<void> {
    await running.close();
    running = await launchApp({ userFolder });
    page = running.page;
    await project().waitFor(patiently);
  }

  it('opens the project that was open', async () => {
    await restart();
    await expect.poll(() => project().textContent(), patiently).toContain('Copy');
    await expect.poll(rows, patiently).toEqual(['Gespräch.wav']);
  });

  it('recovers a damaged one, says so, and keeps the damaged file', async () => {
    await running.close();
    const database = path.join(userFolder, 'Copy/project.sqlite');
    const bytes = await readFile(database);
    await writeFile(database, bytes.subarray(0, 5000));
    running = await launchApp({ userFolder });
    page = running.page;
    await page.getByText('This project was damaged').waitFor(patiently);
    await expect.poll(rows, patiently).toEqual(['Gespräch.wav']);
    await screenshot(page, 'projects-recovered');
    await expectAccessible();
    const kept = await readdir(path.join(userFolder, 'Copy'));
    expect(kept.some((name) => name.startsWith('project.damaged-'))).toBe(true);
    await page.getByRole('button', { name: 'Understood' }).click();
    await expect.poll(() => page.getByText('This project was damaged').count()).toBe(0);
  });

  it('opens the default one where the last one is gone, and says so', async () => {
    await running.close();
    await rm(path.join(userFolder, 'Copy'), { recursive: true });
    running = await launchApp({ userFolder });
    page = running.page;
    await page.getByText('The last project could not be opened').waitFor(patiently);
    await expect.poll(() => project().textContent(), patiently).toContain('Default project');
    await expect.poll(rows, patiently).toEqual(['moved.wav', 'Anna 2.wav', 'Gespräch.wav']);
  });
});
