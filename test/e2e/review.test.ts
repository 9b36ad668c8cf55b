import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversation } from '../support/conversation.ts';
import { makeWav } from '../support/make-wav.ts';
import {
  dropFiles,
  launchApp,
  removeFolder,
  screenshot,
  temporaryFolder,
  type RunningApp,
} from './support/app.ts';

/** Somebody who goes through two recordings by key, in the order that helps most. */
let userFolder: string;
let running: RunningApp;
let page: Page;

const patiently = { timeout: 30_000 };
const pauses = {
  'talk.wav': [0.8, 0.5, 1.2, 2, 0.4, 1.5, 0.6, 1, 0.7, 0.9, 0.5],
  'call.wav': [0.5, 1.1, 0.6, 0.9, 0.7, 1.4, 0.5],
} as const;

beforeAll(async () => {
  userFolder = await temporaryFolder();
  const folder = path.join(userFolder, 'sounds');
  await mkdir(folder);
  for (const [name, seconds] of Object.entries(pauses)) {
    const { samples } = conversation(seconds);
    await writeFile(
      path.join(folder, name),
      makeWav([samples], { format: 's16', sampleRate: 16_000 }),
    );
  }
  running = await launchApp({ userFolder });
  page = running.page;
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const panel = () => page.locator('.review-panel');
const message = (words: string) => page.locator('.toast').getByText(words);
const plain = (words: string): string => words.replaceAll('\u00a0', ' ');
const progress = async (): Promise<readonly [number, number]> => {
  const words = plain(await page.locator('.review-progress strong').innerText());
  const [done = -1, all = -1] = words.split(' of ').map(Number);
  return [done, all];
};
const done = async (): Promise<number> => (await progress())[0];
const isAudit = async (): Promise<boolean> =>
  (await page.locator('.review-item .tag').innerText()) === 'Drawn at random';
const inTurn = async (): Promise<string> =>
  page.locator('.review-item h3 span').first().innerText();
const recordingInTurn = (): Promise<string> =>
  page.locator('.review-item .where span').first().innerText();
/** `0:13.03`, of `0:13.03 (1.4 s)`. */
const startInTurn = async (): Promise<string> => {
  const words = await page.locator('.review-item .where span').last().innerText();
  return words.split(' ')[0] ?? '';
};
const clock = (): Promise<string> => page.locator('.clock .now').innerText();
const playButton = (name: 'Play' | 'Pause') =>
  page.locator('.transport').getByRole('button', { name, exact: true });
/** Until what is in turn is chosen on the timeline, which is when keys are about it. */
const ready = () => page.locator('.review-item[data-in-turn]').waitFor(patiently);

/** Answers what is in turn: the model is right, unless it is hidden or a label is given. */
async function answer(label: string | null): Promise<void> {
  const before = await done();
  await ready();
  const here = await inTurn();
  const audit = await isAudit();
  await press(label ?? (audit ? '5' : 'Enter'));
  await expect
    .poll(
      // What comes next is there a moment after the answer has been counted.
      async () => (await isOver()) || ((await done()) === before + 1 && (await inTurn()) !== here),
      patiently,
    )
    .toBe(true);
}

const isOver = async (): Promise<boolean> =>
  (await panel().getByText('are dealt with.').count()) > 0;

async function keepPictures(name: string): Promise<void> {
  expect(running.complaints).toEqual([]);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await screenshot(page, `review-${name}-${colorScheme}`);
  }
}

async function expectAccessible(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => {
      const { violations } = await window.axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
    expect(found).toEqual([]);
  }
}

describe('a review by keyboard', () => {
  it('says what it is good for before there is anything to listen to', async () => {
    await press('v');
    await panel().getByText('It takes a recording that has been analysed').waitFor();
    await keepPictures('nothing');
  });

  it('starts with a key, across both recordings, and plays the first by itself', async () => {
    const names = Object.keys(pauses);
    await dropFiles(
      page,
      'body',
      names.map((name) => path.join(userFolder, 'sounds', name)),
    );
    await expect.poll(() => page.locator('.row .ribbon').count(), { timeout: 120_000 }).toBe(2);
    await press('v');
    await ready();
    const [first, all] = await progress();
    expect(first).toBe(0);
    expect(all).toBeGreaterThanOrEqual(12);
    await playButton('Pause').waitFor();
  });

  it('reviews ten, playing each by itself and not, hiding what the model says where it is audited', async () => {
    const recordings = new Set<string>();
    const kinds = new Set<boolean>();
    for (let index = 0; index < 10; index += 1) {
      await ready();
      recordings.add(await recordingInTurn());
      const audit = await isAudit();
      if (!kinds.has(audit)) {
        await screenshot(page, audit ? 'review-audit' : 'review-chosen');
        expect(await page.locator('.emotion-lane').isVisible()).toBe(!audit);
        expect(await page.locator('.tier-lane[data-kind=model]').isVisible()).toBe(!audit);
        expect(await page.locator('.review-item .verdict').count()).toBe(audit ? 0 : 1);
      }
      if (audit && !kinds.has(true)) {
        await press('Enter');
        await message('Choose a label.').waitFor();
      }
      kinds.add(audit);
      await answer(index % 3 === 1 ? '3' : null);
      expect(await done()).toBe(index + 1);
      if (index === 4) {
        await press('Shift+V');
        await expect
          .poll(() => page.getByRole('switch').getAttribute('aria-checked'))
          .toBe('false');
      }
      if (index > 4) {
        await ready();
        // Cued, and left alone.
        await expect.poll(clock, patiently).toBe(await startInTurn());
        await playButton('Play').waitFor();
      }
    }
    expect(recordings.size).toBe(2);
    expect(kinds.size).toBe(2);
    expect(await page.locator('.review-progress .left').innerText()).toContain('at your pace');
  });

  it('undoes one, which is asked again, and lets one be left for later', async () => {
    const before = await inTurn();
    await press('Control+z');
    await expect.poll(done, patiently).toBe(9);
    await ready();
    expect(await inTurn()).not.toBe(before);
    await answer(null);
    expect(await done()).toBe(10);

    await ready();
    const here = await inTurn();
    await press('.');
    await expect.poll(inTurn).not.toBe(here);
    await ready();
    await press(',');
    await expect.poll(async () => (await inTurn()) !== here).toBe(false);
    expect(await done()).toBe(10);
  });

  it('is at the next start where it was', async () => {
    const [progressBefore, accuracy] = [
      await progress(),
      await page.locator('.model-accuracy').innerText(),
    ];
    expect(running.complaints).toEqual([]);
    await running.close();
    running = await launchApp({ userFolder });
    page = running.page;
    await page.locator('.row .ribbon').first().waitFor(patiently);
    await press('v');
    await ready();
    expect(await progress()).toEqual(progressBefore);
    expect(await page.locator('.model-accuracy').innerText()).toBe(accuracy);
  });

  it('tells how often the model is right once five audits are answered', async () => {
    while ((await page.locator('.model-accuracy .share').count()) === 0) await answer(null);
    const share = plain(await page.locator('.model-accuracy .share').innerText());
    expect(share).toMatch(/^\d+ %\s+between \d+ and \d+ %$/);
    await screenshot(page, 'review-estimate');
    expect(await page.locator('.model-accuracy').innerText()).toContain('drawn at random');
  });

  it('can be used by everybody, with one in turn and when all is done', async () => {
    await keepPictures('in-turn');
    await page.emulateMedia({ colorScheme: null });
    while (!(await isOver())) await answer(null);
    await keepPictures('over');
    await expectAccessible();
    await page.getByRole('button', { name: 'Start listening' }).click();
    await panel()
      .getByText('nothing left to listen to')
      .or(page.locator('.review-item'))
      .waitFor(patiently);
    await expectAccessible();
  });
});
