import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countingSamples } from '../record/support/counting-samples.ts';
import { makeFiles, openReadyLibrary } from '../support/test-library.ts';

const shape = { sampleRate: 16_000, channels: 1 };

async function recorded(): Promise<
  Awaited<ReturnType<typeof openReadyLibrary>> & { readonly id: number }
> {
  const library = await openReadyLibrary();
  const { page } = library;
  await page.call('record.start', { ...shape, device: 'Test microphone' });
  await page.call('record.write', { at: 0, samples: countingSamples(0, 8000) });
  for (const at of [1000, 3000, 5000]) await page.call('record.mark', { at, note: '' });
  const id = (await page.call('record.keep', {})).id ?? 0;
  await library.untilKind(id, 'ready');
  return { ...library, id };
}

describe('marks of a recording', () => {
  it('get words and are taken away, one by one, and undo brings back what they were', async () => {
    const { page, id } = await recorded();
    const marks = async (): Promise<readonly string[]> => {
      const [only] = await page.call('recordings.list', {});
      return (only?.recorded?.marks ?? []).map(({ at, note }) => `${at} ${note}`.trim());
    };
    const describeIt = (change: object): Promise<void> =>
      page.call('recordings.describe', { ids: [id], change });

    await describeIt({ noteMark: { at: 3000, note: 'laughs' } });
    expect(await marks()).toEqual(['1000', '3000 laughs', '5000']);
    await describeIt({ removeMark: 1000 });
    expect(await marks()).toEqual(['3000 laughs', '5000']);

    expect((await page.call('history.undo', {}))?.words).toMatch(/^Removed a mark in /);
    expect(await marks()).toEqual(['1000', '3000 laughs', '5000']);
    await page.call('history.undo', {});
    expect(await marks()).toEqual(['1000', '3000', '5000']);
    await page.call('history.redo', {});
    expect(await marks()).toEqual(['1000', '3000 laughs', '5000']);
  });

  it('tell the page of what changed', async () => {
    const { page, id, until } = await recorded();
    await page.call('recordings.describe', { ids: [id], change: { removeMark: 5000 } });
    const now = await until(id, ({ recorded: about }) => about?.marks.length === 2);
    expect(now.recorded?.marks.map(({ at }) => at)).toEqual([1000, 3000]);
  });

  it('leave nothing in the project of a recording that is deleted for good', async () => {
    const { page, id, folder, library } = await recorded();
    const noteMark = { at: 3000, note: 'canary 4711' };
    await page.call('recordings.describe', { ids: [id], change: { noteMark } });
    await page.call('recordings.remove', { ids: [id] });
    await page.call('recordings.deleteForGood', { ids: [id] });
    await library.close();
    const database = readFileSync(join(folder, 'project/project.sqlite'));
    expect(database.includes(noteMark.note)).toBe(false);
  });

  it('are none where the recording was opened from a file', async () => {
    const { page, folder, importPaths, untilKind } = await openReadyLibrary();
    const [id = 0] = await importPaths(...makeFiles(folder, { 'a.wav': 'a' }));
    await untilKind(id, 'ready');
    await page.call('recordings.describe', { ids: [id], change: { removeMark: 1 } });
    const [only] = await page.call('recordings.list', {});
    expect(only?.recorded).toBeNull();
  });
});
