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
import { numberedSamples, overhear, overheardSince, playheadErrors } from './support/listening.ts';

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

async function choose({
  start,
  end,
}: {
  readonly start: number;
  readonly end: number;
}): Promise<void> {
  const lane = page.locator('.tier-lane[data-kind=annotator]');
  const width = (await lane.boundingBox())?.width ?? 0;
  const middle = (start + end) / 2 / sampleRate / seconds;
  await lane.click({ position: { x: middle * width, y: 20 } });
  await overheardSince(page);
}

it('plays a segment from its very first sample to its very last, without a gap', async (context) => {
  for (const span of spans) {
    await choose(span);
    await page.keyboard.press('p');
    await untilStill();
    const { chunks } = await overheardSince(page);
    expect(chunks[0]?.first).toBe(span.start);
    for (const [index, { first, whole }] of chunks.entries()) {
      expect(whole).toBe(true);
      expect(first).toBe((chunks[index - 1]?.last ?? span.start - 1) + 1);
    }
    expect(chunks.at(-1)?.last).toBe(span.end - 1);
  }
  tell(context, `${passages} segments: each from its first sample to its last, without a gap`);
});

it('loops a segment without a sample of what is beyond it', async (context) => {
  let rounds = 0;
  for (const span of spans.slice(0, passages / 4)) {
    await choose(span);
    await page.keyboard.press('l');
    await page.waitForTimeout(3500);
    await page.keyboard.press('Space');
    await page.keyboard.press('l');
    const { chunks } = await overheardSince(page);
    rounds += chunks.filter(({ last }, at) => last < (chunks[at - 1]?.last ?? 0)).length;
    expect(Math.min(...chunks.map(({ lowest }) => lowest))).toBe(span.start);
    expect(Math.max(...chunks.map(({ highest }) => highest))).toBe(span.end - 1);
  }
  expect(rounds).toBeGreaterThan(passages / 4);
  tell(context, `${rounds} rounds of ${passages / 4} segments: no sample of what is beyond`);
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
