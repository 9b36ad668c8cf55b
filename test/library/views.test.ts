import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tileColumns } from '#shared/domain/views.ts';
import { makeFiles, openReadyLibrary } from './support/test-library.ts';

async function openAnalysed(): Promise<
  Awaited<ReturnType<typeof openReadyLibrary>> & { readonly id: number }
> {
  const library = await openReadyLibrary();
  const [id = 0] = await library.importPaths(...makeFiles(library.folder, { 'a.wav': 'a' }));
  await library.untilKind(id, 'ready');
  return { ...library, id };
}

const cacheOf = (folder: string): string => join(folder, 'project/cache/engine');

describe('a spectrogram', () => {
  it('is made once, and its tiles come from the cache', async () => {
    const { page, id, engine } = await openAnalysed();
    const made = await page.call('views.spectrogram', { id });
    expect(made).toMatchObject({ rows: 2, columns: [600] });
    expect(await page.call('views.spectrogram', { id })).toEqual(made);
    expect(engine.calls.filter((call) => call.startsWith('views.'))).toHaveLength(1);

    const whole = await page.call('views.spectrogramTile', { id, level: 0, tile: 0 });
    expect(whole.bytes).toHaveLength(2 * tileColumns);
    const rest = await page.call('views.spectrogramTile', { id, level: 0, tile: 1 });
    expect([...rest.bytes]).toEqual(
      Array.from({ length: 2 * (600 - tileColumns) }, (_, at) => (2 * tileColumns + at) % 251),
    );
    const beyond = await page.call('views.spectrogramTile', { id, level: 7, tile: 40 });
    expect(beyond.bytes).toHaveLength(0);
  });

  it('is made again where a file of it was cut', async () => {
    const { page, id, engine, folder } = await openAnalysed();
    await page.call('views.spectrogram', { id });
    const level =
      readdirSync(cacheOf(folder)).find((name) => name.endsWith('.spectrogram-0')) ?? '';
    truncateSync(join(cacheOf(folder), level), 17);
    const tile = page.call('views.spectrogramTile', { id, level: 0, tile: 0 });
    await expect(tile).rejects.toMatchObject({ code: 'cache-damaged' });
    await page.call('views.spectrogram', { id });
    expect(engine.calls.filter((call) => call.startsWith('views.'))).toHaveLength(2);
  });

  it('is no longer made when nobody waits for it, and says how far it is before', async () => {
    const { page, id, engine, folder } = await openAnalysed();
    engine.hold('views.makeSpectrogram');
    const controller = new AbortController();
    const fractions: number[] = [];
    const call = page.call(
      'views.spectrogram',
      { id },
      {
        signal: controller.signal,
        onProgress: ({ fraction }) => {
          fractions.push(fraction);
          controller.abort();
        },
      },
    );
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(fractions).toEqual([0.5]);
    expect(readdirSync(cacheOf(folder)).filter((name) => name.includes('spectrogram'))).toEqual([]);
  });

  it('of a recording that there is not is refused', async () => {
    const { page } = await openAnalysed();
    for (const method of ['views.spectrogram', 'views.descriptors'] as const) {
      await expect(page.call(method, { id: 999 })).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  it('goes with the recording', async () => {
    const { page, id, folder } = await openAnalysed();
    await page.call('views.spectrogram', { id });
    await page.call('views.descriptors', { id });
    await page.call('recordings.remove', { ids: [id] });
    await page.call('recordings.deleteForGood', { ids: [id] });
    expect(readdirSync(cacheOf(folder))).toEqual([]);
  });
});

describe('descriptors', () => {
  it('come as they were computed, with nothing where there is nothing', async () => {
    const { page, id } = await openAnalysed();
    expect(await page.call('views.descriptors', { id })).toMatchObject({ values: 3 });
    const { values } = await page.call('views.descriptor', { id, descriptor: 'rms' });
    expect([...values]).toEqual([1, NaN, 0.5]);
  });
});
