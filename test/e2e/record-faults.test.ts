import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAudio } from '#engine/audio/decode.ts';
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

let userFolder: string;
let running: RunningApp;
let page: Page;
const patiently = { timeout: 30_000 };

beforeAll(async () => {
  userFolder = await temporaryFolder();
  const wav = path.join(userFolder, 'microphone.wav');
  const { samples } = conversation([0.5, 0.5, 0.5]);
  await writeFile(wav, makeWav([samples], { format: 's16', sampleRate: 16_000 }));
  const switches = [
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${wav}`,
  ];
  running = await launchApp({ userFolder, switches });
  page = running.page;
  await connectPageClient(page);
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

it('a microphone that the system refuses is told of in words, with the way out', async () => {
  await running.app.evaluate(({ session }) => {
    // As the system does where its privacy settings say no; the handler of ours comes back with the next start.
    session.fromPartition('persist:undertone').setPermissionRequestHandler((_, __, answer) => {
      answer(false);
    });
  });
  await page.keyboard.press('r');
  await page.getByText('Undertone may not use the microphone.').first().waitFor(patiently);
  await page.getByText('Allow it in the privacy settings of the system').first().waitFor(patiently);
  await screenshot(page, 'record-refused');
  await running.app.evaluate(({ session }) => {
    session.fromPartition('persist:undertone').setPermissionRequestHandler((_, __, answer) => {
      answer(true);
    });
  });
});

it('a microphone that is taken away ends the recording at once, says so, and keeps it', async () => {
  await page.reload();
  await connectPageClient(page);
  // The device's end as the page meets it: its track ends without anybody having stopped it.
  await page.evaluate(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      window.addEventListener('unplug', () => {
        for (const track of stream.getTracks()) track.stop();
      });
      return stream;
    };
  });
  await page.keyboard.press('r');
  await page.getByRole('button', { name: 'Start recording' }).click(patiently);
  await page.getByRole('button', { name: 'Stop and keep' }).waitFor(patiently);
  await page.waitForTimeout(3_000);
  await page.evaluate(() => window.dispatchEvent(new Event('unplug')));
  await page.getByText('was taken away').first().waitFor(patiently);
  await page.getByText('What was recorded up to then is kept.').first().waitFor(patiently);
  await screenshot(page, 'record-unplugged');
  const list = (): Promise<readonly string[]> =>
    page.evaluate(async () =>
      (await window.testApi.library.call('recordings.list', {})).map((each) => each.path),
    );
  await expect.poll(async () => (await list()).length, patiently).toBe(1);
  const [kept = ''] = await list();
  const reading = (await openAudio(kept)).read();
  let samples = 0;
  for await (const [plane] of reading) samples += plane?.length ?? 0;
  expect(reading.report().damaged).toBe(false);
  expect(samples).toBeGreaterThan(2 * 44_100);
  expect(await page.title()).not.toContain('Microphone');
});
