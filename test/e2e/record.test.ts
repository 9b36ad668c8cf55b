import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMonoStream } from '#engine/audio/resample.ts';
import { openAudio } from '#engine/audio/decode.ts';
import { parseEmotionCsv } from '#formats/emotion-csv-reader.ts';
import type { EmotionRow } from '#formats/emotion-csv.ts';
import type { Recording } from '#shared/domain/recording.ts';
import { join32 } from '#shared/domain/float32.ts';
import { runCli } from '../cli/run-cli.ts';
import { conversation } from '../support/conversation.ts';
import { makeWav } from '../support/make-wav.ts';
import {
  launchApp,
  removeFolder,
  screenshot,
  temporaryFolder,
  type RunningApp,
} from './support/app.ts';
import { connectPageClient } from './support/page-client.ts';
import { bestMatch } from './support/match.ts';

/** The fake device's own rate; at another one Chromium would resample the file. */
const sampleRate = 44_100;
let userFolder: string;
let source: Float32Array;
let switches: readonly string[];
let running: RunningApp;
let page: Page;

beforeAll(async () => {
  userFolder = await temporaryFolder();
  const { samples } = conversation([0.8, 0.5, 1.2, 2, 0.4, 1.5, 0.6, 1, 0.7, 0.5, 1]);
  const stream = createMonoStream({ sampleRate: 16_000, channels: 1 }, sampleRate);
  source = stream.push(samples);
  stream.free();
  const wav = path.join(userFolder, 'microphone.wav');
  await writeFile(wav, makeWav([source], { format: 's16', sampleRate }));
  switches = ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${wav}`];
  running = await launchApp({ userFolder, switches });
  page = running.page;
  await connectPageClient(page);
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

const patiently = { timeout: 15_000 };
const button = (name: string) => page.getByRole('button', { name });
const title = () =>
  running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
const clock = async (): Promise<number> => {
  const [minutes = '0', rest = '0'] = (
    await page.locator('.record-controls .clock').innerText()
  ).split(':');
  return 60 * Number(minutes) + Number(rest);
};
const recordings = (): Promise<readonly Recording[]> =>
  page.evaluate(() => window.testApi.library.call('recordings.list', {}));
const files = () => readdir(path.join(userFolder, 'project/recordings'));

async function samplesOf(file: string): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for await (const [mono] of (await openAudio(file)).read({ mono: true })) {
    if (mono) parts.push(mono);
  }
  return join32(parts);
}

/** Labels of a recording in steps of a tenth of a second. */
function labelsIn(
  rows: readonly Pick<EmotionRow, 'start' | 'end' | 'label'>[],
  seconds: number,
): readonly string[] {
  return Array.from(
    { length: Math.floor(10 * seconds) },
    (_, at) => rows.find(({ start, end }) => start <= at / 10 && at / 10 < end)?.label ?? '',
  );
}

async function analyse(file: string): Promise<readonly EmotionRow[]> {
  const run = await runCli(['analyze', file]);
  return parseEmotionCsv(run.stdout).rows;
}

describe('recording', () => {
  it('asks for the microphone only when it is chosen, and shows that it is on', async () => {
    const microphone = () =>
      page.evaluate(async () => (await navigator.permissions.query({ name: 'microphone' })).state);
    expect(await microphone()).not.toBe('granted');
    expect(await title()).not.toContain('Microphone');
    await page.keyboard.press('r');
    await page.getByText('Microphone on', { exact: true }).waitFor();
    await expect.poll(title, patiently).toContain('Microphone on');
    expect(await microphone()).toBe('granted');
    const level = page.getByRole('meter', { name: 'Input level' });
    await expect
      .poll(async () => Number(await level.getAttribute('aria-valuenow')), patiently)
      .toBeGreaterThan(-40);
    expect(await files()).toEqual([]);
    await screenshot(page, 'record-ready');
  });

  it('shows waveform and emotion while one speaks, and keeps what was heard', async () => {
    await button('Start recording').click();
    await expect.poll(clock, { timeout: 40_000, interval: 250 }).toBeGreaterThan(8);
    const seen = new Set<string>();
    for (let look = 0; look < 12; look += 1) {
      seen.add(await page.locator('.record-controls .now').innerText());
      await page.waitForTimeout(500);
    }
    expect([...seen].some((words) => words.startsWith('sounds '))).toBe(true);
    await page.keyboard.press('m');
    await page.locator('.live-details summary').click();
    await screenshot(page, 'recording');
    await expect.poll(clock, { timeout: 40_000, interval: 250 }).toBeGreaterThan(20);
    const latency = await page.locator('.live-details dl').innerText();
    process.stdout.write(`${latency.replaceAll('\n', ' ')}\n`);
    await button('Stop and keep').click();
    await expect.poll(title, patiently).not.toContain('Microphone');
    await expect
      .poll(async () => (await recordings()).at(-1)?.status.kind, { timeout: 60_000 })
      .toBe('ready');
    await screenshot(page, 'recorded');
  });

  it('has saved the very sound, and finds in it what is in the source', async () => {
    const [kept] = await recordings();
    expect(kept?.recorded).toMatchObject({ recovered: false, marks: [{ note: '' }] });
    expect(kept?.sound?.sampleRate).toBe(sampleRate);
    const recorded = await samplesOf(kept?.path ?? '');
    const seconds = recorded.length / sampleRate;
    expect(seconds).toBeGreaterThan(20);
    const { offset, correlation } = bestMatch(source, recorded);
    process.stdout.write(
      `recorded ${seconds.toFixed(2)} s, correlation ${correlation.toFixed(6)}\n`,
    );
    expect(correlation).toBeGreaterThan(0.99);

    const cut = path.join(userFolder, 'cut.wav');
    const heard = Float32Array.from(
      recorded,
      (_, at) => source[(offset + at) % source.length] ?? 0,
    );
    await writeFile(cut, makeWav([heard], { format: 's16', sampleRate }));
    const expected = labelsIn(await analyse(cut), seconds);
    const segments = await page.evaluate(
      (recordingId) => window.testApi.library.call('segments.list', { recordingId }),
      kept?.id ?? 0,
    );
    const rows = segments.map(({ start, end, label }) => ({
      ...{ start: start / sampleRate, end: end / sampleRate, label },
    }));
    const found = labelsIn(rows, seconds);
    const alike = found.filter((label, at) => label === expected[at]).length / found.length;
    process.stdout.write(`labels like the source's: ${(100 * alike).toFixed(1)} %\n`);
    expect(alike).toBeGreaterThan(0.97);
  });

  it('can be read by everybody while it runs: no finding of axe', async () => {
    await page.keyboard.press('r');
    await expect.poll(() => button('Start recording').isEnabled(), patiently).toBe(true);
    await page.keyboard.press('r');
    await expect.poll(clock, patiently).toBeGreaterThan(1);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await screenshot(page, `recording-${colorScheme}`);
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

  it('pauses by key, and is gone when it is discarded', async () => {
    await page.keyboard.press('Space');
    await page.getByText('Microphone on, paused').waitFor();
    const paused = await clock();
    await page.waitForTimeout(700);
    expect(await clock()).toBe(paused);
    const before = await files();
    await button('Discard…').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await expect.poll(files, patiently).toHaveLength(before.length - 2);
    expect(await recordings()).toHaveLength(1);
    expect(running.complaints).toEqual([]);
  });

  it.each(['the page', 'everything'])(
    'loses less than a second when %s is killed',
    async (what) => {
      await page.keyboard.press('r');
      await button('Start recording').click();
      await expect.poll(clock, { timeout: 30_000, interval: 100 }).toBeGreaterThan(3.3);
      const reached = await clock();
      const known = (await recordings()).length;
      if (what === 'the page') {
        await running.app.evaluate(({ BrowserWindow }) => {
          BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
        });
        await running.close();
      } else {
        running.app.process().kill('SIGKILL');
      }
      running = await launchApp({ userFolder, switches });
      page = running.page;
      await connectPageClient(page);
      await page
        .getByText('recovered')
        .nth(known - 1)
        .waitFor();
      const list = await recordings();
      expect(list).toHaveLength(known + 1);
      const recorded = await samplesOf(list.at(-1)?.path ?? '');
      expect(reached - recorded.length / sampleRate).toBeLessThan(1);
      expect(bestMatch(source, recorded).correlation).toBeGreaterThan(0.99);
      await expect
        .poll(async () => (await recordings()).at(-1)?.status.kind, { timeout: 60_000 })
        .toBe('ready');
    },
  );
});
