import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startStandInEngine } from './support/stand-in-engine.ts';
import { makeFiles, openReadyLibrary, openTestLibrary } from './support/test-library.ts';

function listCache(folder: string): readonly string[] {
  return ['engine', 'tracks'].flatMap((name) => readdirSync(join(folder, 'project/cache', name)));
}

function emptyCache(folder: string): void {
  for (const name of ['engine', 'tracks']) {
    const path = join(folder, 'project/cache', name);
    for (const file of readdirSync(path)) rmSync(join(path, file));
  }
}

async function openAnalysed(
  name: string,
): Promise<Awaited<ReturnType<typeof openReadyLibrary>> & { id: number; path: string }> {
  const library = await openReadyLibrary();
  const [path = ''] = makeFiles(library.folder, { [name]: 'a' });
  const [id = 0] = await library.importPaths(path);
  await library.untilKind(id, 'ready');
  return { ...library, id, path };
}

describe('a sketch', () => {
  it('is there while the recording is being read, and not before or after', async () => {
    const { page, importPaths, engine, folder, untilKind } = await openReadyLibrary();
    engine.hold('audio.prepare');
    const [id = 0, waiting = 0] = await importPaths(
      ...makeFiles(folder, { 'a.wav': 'a', 'b.wav': 'b' }),
    );
    await untilKind(id, 'working');
    expect(await page.call('recordings.sketch', { id: waiting })).toBeNull();
    const sketch = await page.call('recordings.sketch', { id });
    expect(sketch?.sound.samples).toBe(3000);
    expect(sketch?.peaks.maxima).toBeInstanceOf(Float32Array);
    engine.release();
    await untilKind(id, 'ready');
    expect(await page.call('recordings.sketch', { id })).toBeNull();
    await expect(page.call('recordings.sketch', { id: 999 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('an excerpt', () => {
  it('is cut out of the canonical sound by the engine, and never longer than memory takes', async () => {
    const { page, id, path, engine } = await openAnalysed('a.wav');
    writeFileSync(path, 'abcdefgh');
    const { wav } = await page.call('recordings.excerpt', { id, excerpt: { start: 2, end: 5 } });
    expect(Buffer.from(wav).toString()).toBe('cde');
    for (const excerpt of [
      { start: 0, end: 2 ** 22 + 1 },
      { start: 5, end: 5 },
      { start: -1, end: 5 },
    ]) {
      await expect(page.call('recordings.excerpt', { id, excerpt })).rejects.toMatchObject({
        code: 'invalid-call',
      });
    }
    expect(engine.calls.filter((call) => call.startsWith('audio.excerpt'))).toHaveLength(1);
  });
});

describe('peaks', () => {
  it('come from the engine', async () => {
    const { page, id, engine } = await openAnalysed('a.mp3');
    const peaks = await page.call('recordings.peaks', { id });
    expect(peaks.samplesPerBlock).toBe(10);
    expect(peaks.minima).toBeInstanceOf(Float32Array);
    expect(engine.calls.filter((call) => call.startsWith('audio.prepare'))).toHaveLength(1);
  });

  it('are made again where somebody emptied the cache, once for all who ask', async () => {
    const { page, id, folder, engine } = await openAnalysed('a.mp3');
    emptyCache(folder);
    await Promise.all([
      page.call('recordings.peaks', { id }),
      page.call('recordings.peaks', { id }),
    ]);
    expect(engine.calls.filter((call) => call.startsWith('audio.prepare'))).toHaveLength(2);
  });

  it('are made again where their file is damaged', async () => {
    const { page, id, folder } = await openAnalysed('a.mp3');
    const cache = join(folder, 'project/cache/engine');
    const [file = ''] = readdirSync(cache).filter((name) => name.endsWith('.peaks'));
    writeFileSync(join(cache, file), 'damaged');
    expect((await page.call('recordings.peaks', { id })).samplesPerBlock).toBe(10);
  });

  it('wait until the recording has been read', async () => {
    const { page, importPaths, engine, folder } = await openReadyLibrary();
    engine.hold('audio.prepare');
    const [id = 0] = await importPaths(...makeFiles(folder, { 'a.wav': 'a' }));
    const peaks = page.call('recordings.peaks', { id });
    await page.call('recordings.list', {});
    engine.release();
    expect((await peaks).samplesPerBlock).toBe(10);
  });

  it('fail with the reason where the recording cannot be read', async () => {
    const { page, importPaths, engine, folder } = await openReadyLibrary();
    engine.hold('audio.prepare');
    const [id = 0] = await importPaths(...makeFiles(folder, { 'a.wav': 'broken' }));
    const peaks = page.call('recordings.peaks', { id });
    await page.call('recordings.list', {});
    engine.release();
    await expect(peaks).rejects.toMatchObject({ code: 'not-audio' });
    const again = page.call('recordings.peaks', { id });
    await expect(again).rejects.toMatchObject({ code: 'not-audio' });
  });

  it('end with a recording that is cancelled or removed before it was read', async () => {
    const { page, importPaths, engine, folder } = await openReadyLibrary();
    engine.hold('audio.prepare');
    const [one = 0, two = 0] = await importPaths(
      ...makeFiles(folder, { 'a.wav': 'a', 'b.wav': 'b' }),
    );
    const ofOne = expect(page.call('recordings.peaks', { id: one })).rejects;
    const ofTwo = expect(page.call('recordings.peaks', { id: two })).rejects;
    const ended = Promise.all([
      ofOne.toMatchObject({ code: 'cancelled' }),
      ofTwo.toMatchObject({ code: 'not-found' }),
    ]);
    await page.call('recordings.cancel', { ids: [one] });
    await page.call('recordings.remove', { ids: [two] });
    await ended;
  });

  it('wait for the next engine where this one is gone', async () => {
    const { page, id, engine, setEngine } = await openAnalysed('a.mp3');
    engine.die();
    const peaks = page.call('recordings.peaks', { id });
    await page.call('recordings.list', {});
    setEngine(startStandInEngine());
    expect((await peaks).samplesPerBlock).toBe(10);
  });
});

describe('reading again', () => {
  it('ends with the recording where that is removed meanwhile', async () => {
    const { page, host, id, folder, engine, bugs } = await openAnalysed('a.mp3');
    emptyCache(folder);
    engine.hold('audio.prepare');
    const located = expect(
      host.call('media.locate', { id, which: 'canonical' }),
    ).rejects.toMatchObject({
      code: 'not-found',
    });
    await page.call('recordings.remove', { ids: [id] });
    engine.release();
    await located;
    expect(bugs).toEqual([]);
  });
});

describe('the track', () => {
  it('is null until the recording is analysed', async () => {
    const { page, importPaths, engine, folder, untilKind } = await openReadyLibrary();
    engine.hold('analysis.run');
    const [id = 0] = await importPaths(...makeFiles(folder, { 'a.wav': 'a' }));
    expect(await page.call('recordings.track', { id })).toBeNull();
    engine.release();
    await untilKind(id, 'ready');
    expect((await page.call('recordings.track', { id }))?.cells).toBe(2);
  });

  it('is made again where somebody emptied the cache, before others that wait', async () => {
    const { page, id, folder, engine, importPaths, untilKind } = await openAnalysed('a.wav');
    const before = await page.call('recordings.track', { id });
    emptyCache(folder);
    engine.hold('analysis.run');
    const [first = 0, last = 0] = await importPaths(
      ...makeFiles(folder, { 'b.wav': 'b', 'c.wav': 'c' }),
    );
    await untilKind(first, 'working');
    const track = page.call('recordings.track', { id });
    await untilKind(id, 'queued');
    engine.release();
    expect(await track).toEqual(before);
    await untilKind(last, 'ready');
    const order = engine.calls.filter((call) => call.startsWith('analysis.run'));
    expect(order.slice(1)).toEqual([
      'analysis.run b.wav',
      'analysis.run a.wav',
      'analysis.run c.wav',
    ]);
    expect(await page.call('segments.list', { recordingId: id })).toHaveLength(3);
  });

  it('is made again where its file is damaged', async () => {
    const { page, id, folder } = await openAnalysed('a.wav');
    writeFileSync(join(folder, 'project/cache/tracks', `${id}.track`), 'damaged');
    expect((await page.call('recordings.track', { id }))?.cells).toBe(2);
  });
});

describe('the canonical sound', () => {
  it('is the own file of the person where that is wav, and a copy in the cache where not', async () => {
    const { host, id, path, importPaths, untilKind, folder } = await openAnalysed('a.wav');
    expect(await host.call('media.locate', { id, which: 'canonical' })).toEqual({ path });
    const [other = 0] = await importPaths(...makeFiles(folder, { 'b.mp3': 'b' }));
    await untilKind(other, 'ready');
    const located = await host.call('media.locate', { id: other, which: 'canonical' });
    expect(located.path.startsWith(join(folder, 'project/cache'))).toBe(true);
  });

  it('is made again where somebody emptied the cache', async () => {
    const { host, id, folder } = await openAnalysed('a.mp3');
    const { path } = await host.call('media.locate', { id, which: 'canonical' });
    emptyCache(folder);
    expect(await host.call('media.locate', { id, which: 'canonical' })).toEqual({ path });
    expect(listCache(folder)).toHaveLength(2);
  });

  it('is waited for, while the own file of the person can be listened to', async () => {
    const { host, importPaths, engine, folder, untilKind } = await openReadyLibrary();
    engine.hold('audio.prepare');
    const [path = ''] = makeFiles(folder, { 'a.mp3': 'a' });
    const [id = 0] = await importPaths(path);
    await untilKind(id, 'working');
    const canonical = host.call('media.locate', { id, which: 'canonical' });
    expect(await host.call('media.locate', { id, which: 'original' })).toEqual({ path });
    engine.release();
    expect((await canonical).path).not.toBe(path);
  });

  it('says so where the file is gone', async () => {
    const { host, id, path } = await openAnalysed('a.wav');
    rmSync(path);
    const call = host.call('media.locate', { id, which: 'canonical' });
    await expect(call).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('is read and analysed again where the own file of the person has changed', async () => {
    const { host, id, path, until, engine } = await openAnalysed('a.wav');
    writeFileSync(path, 'other'.repeat(1000));
    await host.call('media.locate', { id, which: 'canonical' });
    await until(id, ({ sound, status }) => sound?.samples === 5000 && status.kind === 'ready');
    expect(engine.calls.filter((call) => call.startsWith('analysis.run'))).toHaveLength(2);
  });

  it('is read again but not analysed again where only the time of the file has changed', async () => {
    const { host, id, path, engine } = await openAnalysed('a.wav');
    utimesSync(path, 1, 1);
    await host.call('media.locate', { id, which: 'canonical' });
    await host.call('media.locate', { id, which: 'canonical' });
    expect(engine.calls.filter((call) => call.startsWith('audio.prepare'))).toHaveLength(2);
    expect(engine.calls.filter((call) => call.startsWith('analysis.run'))).toHaveLength(1);
  });
});

describe('the cache', () => {
  it('goes with the recording, unless another with the same sound needs it', async () => {
    const { page, importPaths, untilKind, folder } = await openReadyLibrary();
    const [one = 0, two = 0] = await importPaths(
      ...makeFiles(folder, { 'a.mp3': 'same', 'b.mp3': 'same' }),
    );
    await untilKind(one, 'ready');
    await untilKind(two, 'ready');
    expect(listCache(folder)).toHaveLength(4);
    const deleteForGood = async (id: number): Promise<void> => {
      await page.call('recordings.remove', { ids: [id] });
      await page.call('recordings.deleteForGood', { ids: [id] });
    };
    await deleteForGood(one);
    expect(listCache(folder)).toHaveLength(3);
    await deleteForGood(two);
    expect(listCache(folder)).toEqual([]);
  });

  it('is swept at the start of what no recording knows of', async () => {
    const { library, folder, id } = await openAnalysed('a.mp3');
    const known = listCache(folder);
    await library.close();
    writeFileSync(join(folder, 'project/cache/engine/half-written.flac'), 'x');
    mkdirSync(join(folder, 'project/cache/engine/frames-of-a-killed-analysis/part'), {
      recursive: true,
    });
    writeFileSync(join(folder, 'project/cache/tracks/999.track'), 'x');
    const { page } = await openTestLibrary(join(folder, 'project'));
    expect(listCache(folder)).toEqual(known);
    expect((await page.call('recordings.track', { id }))?.cells).toBe(2);
  });
});
