import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropFiles, launchApp, type RunningApp } from './support/app.ts';
import { connectPageClient } from './support/page-client.ts';

const wav = path.resolve(import.meta.dirname, '../fixtures/emodb/03a04Fd.wav');
const samples = 27_149;

let running: RunningApp;
let address: string;

beforeAll(async () => {
  running = await launchApp();
  await connectPageClient(running.page);
});
afterAll(() => running.close());

describe('the sound of a dropped recording', () => {
  it('is there once the recording has been read', async () => {
    await dropFiles(running.page, 'body', [wav]);
    const first = () =>
      running.page.evaluate(
        async () => (await window.testApi.library.call('recordings.list', {}))[0],
      );
    await expect
      .poll(first, { timeout: 60_000 })
      .toMatchObject({ name: '03a04Fd.wav', sound: { samples } });
    address = `/media/${(await first())?.id ?? 0}`;
  });

  it.each([
    [null, 200, 0, undefined],
    ['bytes=0-43', 206, 0, 44],
    ['bytes=44-', 206, 44, undefined],
    ['bytes=-1000', 206, -1000, undefined],
  ])('is served for the range %j', async (range, status, start, end) => {
    const answer = await running.page.evaluate(
      async ([target, wanted]) => {
        const response = await fetch(target, { headers: wanted === null ? {} : { range: wanted } });
        return {
          status: response.status,
          bytes: [...new Uint8Array(await response.arrayBuffer())],
        };
      },
      [address, range] as const,
    );
    expect(answer.status).toBe(status);
    expect(Buffer.from(answer.bytes).equals((await readFile(wav)).subarray(start, end))).toBe(true);
  });

  it('is played by a media element, which finds the place it is sent to', async () => {
    const heard = await running.page.evaluate(async (source) => {
      const audio = new Audio(source);
      const until = (event: string) =>
        new Promise<void>((resolve, reject) => {
          audio.addEventListener(
            event,
            () => {
              resolve();
            },
            { once: true },
          );
          audio.addEventListener('error', () => {
            reject(new Error(audio.error?.message));
          });
        });
      await until('loadedmetadata');
      audio.currentTime = 1.2;
      await until('seeked');
      const from = audio.currentTime;
      await audio.play();
      await until('ended');
      return { duration: audio.duration, from, to: audio.currentTime };
    }, address);
    const seconds = samples / 16_000;
    expect(heard.duration).toBeCloseTo(seconds, 3);
    expect(heard.from).toBeCloseTo(1.2, 3);
    expect(heard.to).toBeCloseTo(seconds, 3);
  });
});

describe('a recording whose file does not say how much its encoder added', () => {
  it('is shown with that', async () => {
    const name = 'speech-adts.aac';
    await dropFiles(running.page, 'body', [
      path.resolve(import.meta.dirname, '../fixtures/audio', name),
    ]);
    const row = running.page.getByRole('listitem').filter({ hasText: name });
    await row.getByRole('button', { name }).first().click();
    const inspector = running.page.getByRole('region', { name: 'Inspector' });
    await inspector
      .getByText('The start is uncertain by up to 164 ms')
      .waitFor({ timeout: 60_000 });
    await running.page.getByRole('button', { name: '03a04Fd.wav' }).first().click();
    await inspector.getByText('03a04Fd.wav').waitFor();
    expect(await inspector.textContent()).not.toContain('uncertain');
  });
});
