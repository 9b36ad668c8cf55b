import { copyFile, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fixture } from '../../engine/audio/support.ts';
import {
  answerDialogs,
  launchApp,
  removeFolder,
  temporaryFolder,
  type RunningApp,
} from '../../e2e/support/app.ts';
import { connectPageClient } from '../../e2e/support/page-client.ts';
import { findTraces, type Traces } from '../../e2e/support/traces.ts';
import { tell } from '../support/counts.ts';

/** Not a word of any language, in upper and lower case as it is. */
const canary = 'Kanarienvogel4711';
const patiently = { timeout: 60_000 };
let userFolder: string;
let running: RunningApp;

beforeAll(async () => {
  userFolder = await temporaryFolder();
  await mkdir(path.join(userFolder, 'sounds'));
  await copyFile(fixture('speech-vbr.mp3'), path.join(userFolder, 'sounds', `${canary}.mp3`));
  await copyFile(fixture('speech.flac'), path.join(userFolder, 'sounds', 'another.flac'));
  running = await launchApp({ userFolder });
  await connectPageClient(running.page);
});
afterAll(async () => {
  await running.close();
  await removeFolder(userFolder);
});

const traces = (): Promise<Traces> => findTraces(userFolder, canary);

it('a recording that is deleted for good is in no file of the application any more', async (context) => {
  const { page, app } = running;
  await answerDialogs(app, { open: [path.join(userFolder, 'sounds')] });
  const id = await page.evaluate(async (word) => {
    const { library, shell } = window.testApi;
    const grants = await shell.call('dialog.openFolder', {});
    await library.call('recordings.import', { grants });
    const recordings = await library.call('recordings.list', {});
    return recordings.find(({ name }) => name.includes(word))?.id ?? 0;
  }, canary);
  const statuses = (): Promise<readonly string[]> =>
    page.evaluate(async () =>
      (await window.testApi.library.call('recordings.list', {})).map(({ status }) => status.kind),
    );
  await expect.poll(statuses, patiently).toEqual(['ready', 'ready']);
  // Seen in the page, too, and worked on.
  await page
    .locator('section.library li.row')
    .filter({ hasText: canary })
    .getByRole('button')
    .first()
    .click();
  await expect.poll(() => page.title(), patiently).toContain(canary);
  await page.evaluate(
    async ({ recordingId, word }) => {
      const { library } = window.testApi;
      const to = 'annotator-1';
      const change = { note: `note ${word}`, speaker: `speaker ${word}`, addTags: [`tag ${word}`] };
      await library.call('recordings.describe', { ids: [recordingId], change });
      await library.call('segments.act', { recordingId, act: { kind: 'accept', ids: null, to } });
      const segments = await library.call('segments.list', { recordingId });
      const own = segments.filter(({ tier }) => tier === to).map((each) => each.id);
      await library.call('segments.act', {
        recordingId,
        act: { kind: 'relabel', ids: own, label: `label ${word}`.slice(0, 40), to },
      });
      await library.call('segments.act', {
        recordingId,
        act: { kind: 'note', id: own[0] ?? 0, note: `heard ${word}`, to },
      });
      await library.call('history.undo', {});
    },
    { recordingId: id, word: canary },
  );
  expect((await traces()).found).not.toEqual([]);

  const began = performance.now();
  await page.evaluate(async (recordingId) => {
    const { library } = window.testApi;
    await library.call('recordings.remove', { ids: [recordingId] });
    await library.call('recordings.deleteForGood', { ids: [recordingId] });
  }, id);
  await expect.poll(async () => (await traces()).found, patiently).toEqual([]);
  const seconds = (performance.now() - began) / 1000;
  await running.close();
  const { files, found } = await traces();
  expect(found).toEqual([]);
  running = await launchApp({ userFolder });
  expect(await readdir(path.join(userFolder, 'sounds'))).toContain(`${canary}.mp3`);
  tell(context, `no trace in ${files} files, ${seconds.toFixed(1)} s after deleting`);
});
