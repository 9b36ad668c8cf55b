import { writeFile } from 'node:fs/promises';
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
import { connectPageClient } from '../../e2e/support/page-client.ts';
import { makeWav } from '../../support/make-wav.ts';
import { annotator } from '../support/acts.ts';
import { counts, tell } from '../support/counts.ts';
import {
  deviceDelay,
  numberedSamples,
  overhear,
  overheardSince,
  playheadErrors,
} from './support/listening.ts';

const sampleRate = 48_000;
const seconds = counts(60, 300);
const passages = counts(20, 50);

let userFolder: string;
let running: RunningApp;
let page: Page;

/** Odd lengths at odd places. */
const spans = Array.from({ length: passages }, (_, index) => {
  const start = Math.round(((index + 0.123) * seconds * sampleRate) / passages);
  return { start, end: start + 24_001 + 997 * (index % 17) };
});

beforeAll(async () => {
  userFolder = await temporaryFolder();
  const sound = path.join(userFolder, 'numbered.wav');
  const planes = numberedSamples(seconds * sampleRate);
  await writeFile(sound, makeWav(planes, { format: 's16', sampleRate }));
  running = await launchApp({ userFolder });
  page = running.page;
  await dropFiles(page, 'body', [sound]);
  await page.locator('section.library .ribbon').first().waitFor({ timeout: 170_000 });
  await connectPageClient(page);
  await page.evaluate(
    async ([tier, wanted]) => {
      const [recording] = await window.testApi.library.call('recordings.list', {});
      for (const span of wanted) {
        const act = { kind: 'create', tier, ...span, label: 'calm' } as const;
        await window.testApi.library.call('segments.act', { recordingId: recording?.id ?? 0, act });
      }
    },
    [annotator, spans] as const,
  );
  await overhear(page);
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

async function untilStill(): Promise<void> {
  await page.locator('.transport').getByRole('button', { name: 'Pause', exact: true }).waitFor();
  await page
    .locator('.transport')
    .getByRole('button', { name: 'Play', exact: true })
    .waitFor({ timeout: 1000 * seconds + 60_000 });
  await page.waitForTimeout(300);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

it('plays a segment from its very first sample, without a gap, beyond its last', async (context) => {
  const lane = page.locator('.tier-lane[data-kind=annotator]');
  const width = (await lane.boundingBox())?.width ?? 0;
  const beyond: number[] = [];
  let delay = Infinity;
  for (const { start, end } of spans) {
    const middle = (start + end) / 2 / sampleRate / seconds;
    await lane.click({ position: { x: middle * width, y: 20 } });
    await overheardSince(page);
    await page.keyboard.press('p');
    await untilStill();
    const { chunks } = await overheardSince(page);
    expect(chunks[0]?.first).toBe(start);
    for (const [index, { first, whole }] of chunks.entries()) {
      expect(whole).toBe(true);
      expect(first).toBe((chunks[index - 1]?.last ?? start - 1) + 1);
    }
    beyond.push((1000 * ((chunks.at(-1)?.last ?? 0) - (end - 1))) / sampleRate);
    delay = Math.min(delay, deviceDelay(chunks));
  }
  expect(Math.min(...beyond)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...beyond)).toBeLessThan(500);
  const [half, most] = [percentile(beyond, 0.5).toFixed(0), Math.max(...beyond).toFixed(0)];
  tell(
    context,
    `${passages} segments: each from its first sample on, without a gap; the player handed over ${half} ms (at most ${most} ms) beyond the last, ${delay.toFixed(0)} ms of it what the device still had to play`,
  );
});

it('draws the playhead where the sound is', async (context) => {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await overheardSince(page);
  await page.keyboard.press('Space');
  await untilStill();
  const overheard = await overheardSince(page);
  const errors = playheadErrors(overheard, { sampleRate, seconds }).map((error) => 1000 * error);
  expect(errors.length).toBeGreaterThan(5 * seconds);
  const sizes = errors.map(Math.abs);
  const third = Math.floor(errors.length / 3);
  const growth = percentile(errors.slice(-third), 0.5) - percentile(errors.slice(0, third), 0.5);
  const [half, almostAll] = [percentile(sizes, 0.5), percentile(sizes, 0.99)];
  tell(
    context,
    `${seconds} s, ${errors.length} frames: half within ${half.toFixed(1)} ms of what was heard, 99 % within ${almostAll.toFixed(1)} ms, ${growth.toFixed(1)} ms more at the end than at the beginning`,
  );
  expect(half).toBeLessThanOrEqual(10);
  expect(almostAll).toBeLessThanOrEqual(25);
  expect(Math.abs(growth)).toBeLessThanOrEqual(5);
});
