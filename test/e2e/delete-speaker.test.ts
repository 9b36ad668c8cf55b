import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tell } from '../reliability/support/counts.ts';
import { expectAccessible } from './support/accessible.ts';
import {
  launchApp,
  removeFolder,
  screenshot,
  temporaryFolder,
  type RunningApp,
} from './support/app.ts';
import { findTraces } from './support/traces.ts';
import {
  launchWithSounds,
  openRecording,
  recordingsOf,
  untilAnalysed,
} from './support/with-sounds.ts';

/** Somebody who was recorded takes their consent back, and all that is of them has to go. */
let userFolder: string;
let running: RunningApp;
let page: Page;

/** Not a word of any language. */
const speaker = 'Kanarienvogel4711';
const sounds = {
  'alone.mp3': 'test/fixtures/audio/speech-vbr.mp3',
  'group.wav': 'test/fixtures/emodb/08a02Fe.wav',
  'other.wav': 'test/fixtures/emodb/11a02Nc.wav',
} as const;
const aLongTime = 300_000;
const patiently = { timeout: 60_000 };

beforeAll(async () => {
  userFolder = await temporaryFolder();
  running = await launchWithSounds(userFolder, sounds);
  page = running.page;
}, aLongTime);
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

const recordings = () => recordingsOf(page);
const open = (name: string) => openRecording(page, name);
const names = async () => (await recordings()).map(({ name }) => name).sort();

async function nameSpeaker(name: string, who: string): Promise<void> {
  await open(name);
  const field = page.getByLabel('Speaker', { exact: true });
  await field.fill(who);
  await field.press('Tab');
  const named = async () => (await recordings()).find((each) => each.name === name)?.speaker;
  await expect.poll(named, patiently).toBe(who);
}

/** Says that others speak in a recording as well, as an import of turns does. */
async function addTurns(name: string, ...turns: readonly string[]): Promise<void> {
  const recordingId = (await recordings()).find((each) => each.name === name)?.id ?? 0;
  await page.evaluate(
    async ({ id, labels }) => {
      const { library } = window.testApi;
      const { id: tier } = await library.call('tiers.add', { kind: 'speakers', name: 'Turns' });
      for (const [index, label] of labels.entries()) {
        const span = { start: index * 8000, end: index * 8000 + 8000 };
        const act = { kind: 'create', tier, ...span, label } as const;
        await library.call('segments.act', { recordingId: id, act });
      }
    },
    { id: recordingId, labels: turns },
  );
}

/** A second of the sound as the application keeps it: what was decoded from the mp3. */
async function keptSound(): Promise<Buffer> {
  const folder = path.join(userFolder, 'project', 'cache');
  const names = await readdir(folder, { recursive: true });
  const name = names.find((each) => each.endsWith('.flac')) ?? 'no sound is kept';
  const bytes = await readFile(path.join(folder, name));
  return bytes.subarray(10_000, 30_000);
}

const dialog = () => page.getByRole('dialog', { name: 'Delete a speaker’s recordings for good' });
const listed = () => dialog().locator('li');
const ask = () => page.getByRole('button', { name: 'speaker’s recordings for good…' }).click();

it(
  'shows what goes with a speaker first, and deletes nothing by itself',
  async () => {
    await untilAnalysed(page, 3, aLongTime);
    await nameSpeaker('alone.mp3', speaker);
    await nameSpeaker('other.wav', 'Ben');
    await addTurns('group.wav', speaker, 'Ben');
    await open('alone.mp3');
    await ask();
    await expect.poll(() => listed().allTextContents(), patiently).toHaveLength(2);
    expect(await listed().allTextContents()).toEqual([
      expect.stringContaining('alone.mp3'),
      expect.stringMatching(/group\.wav.*with Ben/u),
    ]);
    await dialog().getByText(`Delete 2 recordings of ${speaker} for good?`).waitFor();
    await dialog().getByText('sound files of your own stay where they are').waitFor();
    await dialog().getByLabel('in which others are heard as well').check();
    await dialog().getByText(`Delete 1 recording of ${speaker} for good?`).waitFor();
    await screenshot(page, 'delete-speaker');
    await expectAccessible(page);
    await dialog().getByRole('button', { name: 'Keep', exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
    expect(await names()).toEqual(['alone.mp3', 'group.wav', 'other.wav']);
  },
  aLongTime,
);

it('asks about any of those who speak in a recording', async () => {
  await open('group.wav');
  await ask();
  await dialog().getByRole('combobox', { name: 'Speaker' }).selectOption('Ben');
  await expect
    .poll(() => listed().allTextContents(), patiently)
    .toEqual([expect.stringContaining('group.wav'), expect.stringContaining('other.wav')]);
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

it('leaves no trace of the speaker in any file once it is confirmed', async (context) => {
  const sound = await keptSound();
  expect((await findTraces(userFolder, speaker)).found).not.toEqual([]);
  expect((await findTraces(userFolder, sound)).found).not.toEqual([]);
  await open('alone.mp3');
  await ask();
  await dialog().getByRole('button', { name: 'Delete for good', exact: true }).click();
  const began = performance.now();
  await page.getByText('2 recordings deleted for good.', { exact: true }).waitFor(patiently);
  await dialog().waitFor({ state: 'detached' });
  expect(await names()).toEqual(['other.wav']);
  const found = async () => [
    ...(await findTraces(userFolder, speaker)).found,
    ...(await findTraces(userFolder, sound)).found,
  ];
  await expect.poll(found, { timeout: 10_000 }).toEqual([]);
  const seconds = (performance.now() - began) / 1000;
  expect(running.complaints).toEqual([]);
  await running.close();
  expect(await found()).toEqual([]);
  const { files } = await findTraces(userFolder, speaker);
  expect(await readdir(path.join(userFolder, 'sounds'))).toEqual(Object.keys(sounds));
  running = await launchApp({ userFolder });
  tell(context, `no trace of a speaker in ${files} files, ${seconds.toFixed(1)} s after deleting`);
});
