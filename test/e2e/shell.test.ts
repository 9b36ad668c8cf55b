import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerDialogs, launchApp, type RunningApp } from './support/app.ts';
import { connectPageClient } from './support/page-client.ts';

const fixtures = path.resolve(import.meta.dirname, '../fixtures/emodb');

let running: RunningApp;

beforeAll(async () => {
  running = await launchApp();
  await connectPageClient(running.page);
});
afterAll(() => running.close());

describe('the dialogs', () => {
  it('give tokens for what was chosen, and the library knows the files by them', async () => {
    const chosen = [path.join(fixtures, '03a04Fd.wav'), path.join(fixtures, '08a02Fe.wav')];
    await answerDialogs(running.app, { open: chosen });
    const { grants, added, paths } = await running.page.evaluate(async () => {
      const { library, shell } = window.testApi;
      const tokens = await shell.call('dialog.openFiles', {});
      const imported = await library.call('recordings.import', { grants: tokens });
      const recordings = await library.call('recordings.list', {});
      return {
        grants: tokens,
        added: imported.added.length,
        paths: recordings.map((recording) => recording.path),
      };
    });
    expect(grants.join()).not.toMatch(/[\\/]|wav/);
    expect(added).toBe(2);
    expect(paths).toEqual(chosen);
  });

  it('give nothing where the person thinks better of it', async () => {
    await answerDialogs(running.app, {});
    const answers = await running.page.evaluate(async () => {
      const { shell } = window.testApi;
      return [
        await shell.call('dialog.openFiles', {}),
        await shell.call('dialog.openFolder', {}),
        await shell.call('dialog.saveExport', { suggestedName: 'a.csv', kind: null }),
      ];
    });
    expect(answers).toEqual([[], [], null]);
  });

  it('propose the documents folder for an export, whatever name the page gives', async () => {
    const documents = await running.app.evaluate(({ app }) => app.getPath('documents'));
    await answerDialogs(running.app, {});
    await running.page.evaluate(() =>
      window.testApi.shell.call('dialog.saveExport', {
        suggestedName: '../../etc/passwd',
        kind: { title: 'emotion CSV', ending: 'csv' },
      }),
    );
    const proposed = await running.app.evaluate(() => globalThis.lastProposal);
    expect(proposed).toBe(path.join(documents, 'passwd'));
  });
});

describe('showing a file', () => {
  it('is refused for a token that nobody was given', async () => {
    const code = await running.page.evaluate(() =>
      window.testApi.shell
        .call('desktop.reveal', { grant: '00000000-0000-4000-8000-000000000000' })
        .then(
          () => 'shown',
          (error: unknown) => (error as { code: string }).code,
        ),
    );
    expect(code).toBe('not-found');
  });
});
