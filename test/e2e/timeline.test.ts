import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEmotionCsv } from '#formats/emotion-csv-reader.ts';
import type { EmotionRow } from '#formats/emotion-csv.ts';
import { runCli } from '../cli/run-cli.ts';
import { conversation } from '../support/conversation.ts';
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

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

/** One sitting with the application, in the order in which a person would do it. */
let userFolder: string;
let sounds: string;
let running: RunningApp;
let page: Page;
let told: readonly EmotionRow[];

/** The machine may be busy with other tests. */
const patiently = { timeout: 15_000 };
const wav = 'conversation.wav';
const mp3 = 'speech-vbr.mp3';

beforeAll(async () => {
  userFolder = await temporaryFolder();
  sounds = path.join(userFolder, 'sounds');
  await mkdir(sounds);
  const { samples } = conversation([0.8, 0.5, 1.2, 2, 0.4, 1.5, 0.6, 1]);
  await writeFile(
    path.join(sounds, wav),
    makeWav([samples], { format: 's16', sampleRate: 16_000 }),
  );
  await copyFile(`test/fixtures/audio/${mp3}`, path.join(sounds, mp3));
  await writeFile(path.join(sounds, 'notes.wav'), 'These are only words.');
  const run = await runCli(['analyze', path.join(sounds, wav), path.join(sounds, mp3)]);
  told = parseEmotionCsv(run.stdout).rows;
  running = await launchApp({ userFolder });
  page = running.page;
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

const row = (name: string) => page.getByRole('listitem').filter({ hasText: name });
const open = (name: string) => row(name).getByRole('button', { name }).first().click();
const segments = () => page.locator('[role=grid] [role=row][data-row]');
const segmentButtons = () => page.locator('.tier-lane[data-kind=model] .handle');
/** Seconds that the transport shows. */
const clock = async (): Promise<number> => {
  const [minutes = '0', seconds = '0'] = (await page.locator('.clock .now').innerText()).split(':');
  return 60 * Number(minutes) + Number(seconds);
};
const percent = (share: number): string => `${Math.round(share * 100)} %`;
/** Without the spaces that do not break. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ').trim();

function rowsOf(name: string): readonly EmotionRow[] {
  return told.filter(({ recording }) => recording === name);
}

describe('a sitting', () => {
  it('drops recordings on the window and analyses them; a file that is none is named', async () => {
    await dropFiles(
      page,
      'body',
      [wav, mp3, 'notes.wav'].map((name) => path.join(sounds, name)),
    );
    for (const name of [wav, mp3]) {
      await row(name).locator('canvas, svg').first().waitFor({ timeout: 60_000 });
    }
    await expect.poll(() => row('notes.wav').textContent(), patiently).toContain('no sound');
  });

  it('shows the segments that the command line tells', async () => {
    for (const name of [mp3, wav]) {
      await open(name);
      const expected = rowsOf(name);
      await expect.poll(() => segments().count(), patiently).toBe(expected.length);
      const labels = await segments().getByRole('rowheader').allTextContents();
      expect(labels.map((label) => label.trim())).toEqual(expected.map(({ label }) => label));
    }
    await screenshot(page, 'timeline-light');
  });

  it('shows the probabilities of the segment that is clicked', async () => {
    const expected = rowsOf(wav);
    const at = expected.findIndex(({ probabilities }) => probabilities.length > 0);
    await segmentButtons().nth(at).click();
    const inspector = page.getByRole('region', { name: 'Inspector' });
    const { labels, probabilities } = expected[at] ?? { labels: [], probabilities: [] };
    const shown = await inspector.locator('dd.value').allTextContents();
    expect(shown.map(plain)).toEqual(probabilities.map(percent));
    expect((await inspector.locator('dt').allTextContents()).map(plain)).toEqual(labels);
    await screenshot(page, 'segment');
  });

  it('plays, and time moves; pauses, seeks and loops a segment', async () => {
    const before = await clock();
    await page.keyboard.press('Space');
    await expect.poll(clock, patiently).toBeGreaterThan(before + 0.3);
    await page.keyboard.press('Space');
    const paused = await clock();
    await page.keyboard.press('Home');
    await expect.poll(clock, patiently).toBe(0);
    expect(paused).toBeGreaterThan(0);

    const spoken = rowsOf(wav).findIndex(({ probabilities }) => probabilities.length > 0);
    const { start, end } = rowsOf(wav)[spoken] ?? { start: 0, end: 0 };
    await segmentButtons().nth(spoken).click();
    await page.keyboard.press('l');
    const heard: number[] = [];
    await expect
      .poll(async () => {
        heard.push(await clock());
        // Time goes back where the segment begins anew.
        return heard.some((time, index) => time < (heard[index - 1] ?? 0));
      }, patiently)
      .toBe(true);
    await page.keyboard.press('Space');
    await page.keyboard.press('l');
    expect(Math.min(...heard)).toBeGreaterThan(start - 0.1);
    expect(Math.max(...heard)).toBeLessThan(end + 0.2);
  });

  it('rests once another recording is opened while one plays', async () => {
    const button = (name: 'Play' | 'Pause') =>
      page.locator('.transport').getByRole('button', { name, exact: true });
    for (const [playing, next] of [
      [wav, mp3],
      [mp3, wav],
    ] as const) {
      await open(playing);
      await button('Play').click();
      await button('Pause').waitFor(patiently);
      await open(next);
      await button('Play').waitFor(patiently);
      expect(await clock()).toBe(0);
    }
  });

  it('zooms by key and shows everything again', async () => {
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await screenshot(page, 'zoomed');
    await page.keyboard.press('0');
  });

  it('exports emotion CSV of all recordings that says what the command line says', async () => {
    const target = path.join(userFolder, 'all.csv');
    await answerDialogs(running.app, { save: target });
    await page.keyboard.press('Control+Shift+E');
    await page.getByText('all.csv').first().waitFor();
    const { rows, rejected } = parseEmotionCsv(await readFile(target, 'utf8'));
    expect(rejected).toEqual([]);
    for (const name of [wav, mp3]) {
      const exported = rows.filter(({ recording }) => recording === name);
      const expected = rowsOf(name);
      expect(exported.map(({ label }) => label)).toEqual(expected.map(({ label }) => label));
      for (const [index, { start, end, probabilities }] of exported.entries()) {
        expect(start).toBeCloseTo(expected[index]?.start ?? -1, 3);
        expect(end).toBeCloseTo(expected[index]?.end ?? -1, 3);
        for (const [label, value] of probabilities.entries()) {
          // The mp3 is heard through its 16-bit canonical copy here and directly there.
          expect(Math.abs(value - (expected[index]?.probabilities[label] ?? 0))).toBeLessThan(0.01);
        }
      }
    }
    await screenshot(page, 'exported');
  });

  it('can be read by everybody: no finding of axe, in light and in dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await screenshot(page, `timeline-${colorScheme}`);
      await page.evaluate(axe.source);
      const found = await page.evaluate(async () => {
        const { violations } = await window.axe.run();
        return violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
        );
      });
      expect(found).toEqual([]);
    }
  });

  it('finds everything again at the next start', async () => {
    await running.close();
    running = await launchApp({ userFolder });
    page = running.page;
    await open(wav);
    await expect.poll(() => segments().count(), patiently).toBe(rowsOf(wav).length);
    expect(await row('notes.wav').textContent()).toContain('no sound');
    expect(running.complaints).toEqual([]);
  });
});
