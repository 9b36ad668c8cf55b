import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Recording } from '#shared/domain/recording.ts';
import {
  dropFiles,
  launchApp,
  removeFolder,
  temporaryFolder,
  type RunningApp,
} from './support/app.ts';
import { connectPageClient } from './support/page-client.ts';

/** Somebody drops hours of mp3, which take a while to be read, and listens to them at once. */
const part = path.resolve(import.meta.dirname, '../fixtures/audio/speech-cbr-untagged.mp3');
const patiently = { timeout: 120_000 };

let userFolder: string;
let running: RunningApp;
let served: string[];

beforeAll(async () => {
  userFolder = await temporaryFolder();
  const frames = await readFile(part);
  const times = Math.ceil(40e6 / frames.length);
  await writeFile(path.join(userFolder, 'hours.mp3'), Buffer.concat(Array(times).fill(frames)));
  running = await launchApp({ userFolder });
  await connectPageClient(running.page);
  served = [];
  running.page.on('request', (request) => {
    const [, address] = /bundle\/media\/(.*)/.exec(request.url()) ?? [];
    if (address !== undefined) served.push(address);
  });
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

async function recording(): Promise<Recording | undefined> {
  const { page } = running;
  return page.evaluate(async () => (await window.testApi.library.call('recordings.list', {}))[0]);
}

/** Seconds. */
async function clock(): Promise<number> {
  const text = await running.page.locator('.clock .now').innerText();
  return text.split(':').reduce((total, figure) => total * 60 + Number(figure), 0);
}

it('plays as it came while it is being read, and goes on in the canonical sound', async () => {
  const { page } = running;
  await dropFiles(page, 'body', [path.join(userFolder, 'hours.mp3')]);
  const transport = page.locator('.transport');
  await transport.getByRole('button', { name: 'Play', exact: true }).click(patiently);
  await expect.poll(clock, patiently).toBeGreaterThan(0.5);
  expect((await recording())?.sound).toBeNull();

  await expect.poll(async () => (await recording())?.sound?.samples, patiently).toBeGreaterThan(0);
  const id = (await recording())?.id ?? 0;
  await expect.poll(() => served, patiently).toContain(String(id));
  const then = await clock();
  expect(then).toBeGreaterThan(0.5);
  await expect.poll(clock, patiently).toBeGreaterThan(then + 0.5);
  expect(served[0]).toBe(`${id}/original`);
  expect(await transport.getByRole('button', { name: 'Pause', exact: true }).count()).toBe(1);
  expect(running.complaints).toEqual([]);
});
