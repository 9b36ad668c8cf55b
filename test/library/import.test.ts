import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labels, modelId, sampleRate } from './support/stand-in-engine.ts';
import {
  makeFiles,
  makeFolder,
  openReadyLibrary,
  openTestLibrary,
} from './support/test-library.ts';

describe('importing', () => {
  it('registers files and folders at once, reads and analyses them, and shows what was found', async () => {
    const { page, importPaths, untilKind, folder, bugs, engine } = await openReadyLibrary();
    const [single] = makeFiles(folder, { 'one.wav': 'one' });
    makeFiles(join(folder, 'more'), { 'two.mp3': 'two', 'three.flac': 'three' });
    const ids = await importPaths(single ?? '', join(folder, 'more'));
    expect(ids).toHaveLength(3);
    for (const id of ids) await untilKind(id, 'ready');

    const list = await page.call('recordings.list', {});
    expect(list.map(({ name }) => name)).toEqual(['one.wav', 'three.flac', 'two.mp3']);
    const sound = { sampleRate, channels: 1, samples: 3000, damaged: null };
    expect(list[0]?.sound).toEqual({ ...sound, uncertainStartSeconds: 0 });
    expect(list[2]?.sound?.uncertainStartSeconds).toBe(0.038);
    expect(list[0]?.ribbon).toHaveLength(48);
    expect(new Set(list[0]?.ribbon)).toEqual(new Set(['neutral', 'no speech', 'angry']));

    const segments = await page.call('segments.list', { recordingId: ids[0] ?? 0 });
    expect(segments.map(({ start, end, label }) => [start, end, label])).toEqual([
      [0, 1000, 'neutral'],
      [1000, 2000, 'no speech'],
      [2000, 3000, 'angry'],
    ]);
    expect(segments[2]).toMatchObject({
      source: 'model',
      model: modelId,
      annotator: '',
      confidence: 0.75,
      probabilities: [0.125, 0.125, 0.75],
    });
    const track = await page.call('recordings.track', { id: ids[0] ?? 0 });
    expect(track?.labels).toEqual(labels);
    expect(track?.probabilities).toEqual(Float32Array.of(0.5, 0.25, 0.25, 0, 0, 0));
    expect(track?.speech).toEqual(Float32Array.of(1, 0));
    expect(engine.calls.filter((call) => call.startsWith('audio.prepare'))).toEqual([
      'audio.prepare one.wav',
      'audio.prepare three.flac',
      'audio.prepare two.mp3',
    ]);
    expect(bugs).toEqual([]);
  });

  it('names what is no recording by its base name and imports the rest', async () => {
    const { page, grant, folder } = await openReadyLibrary();
    const [good = ''] = makeFiles(folder, { 'good.wav': 'good' });
    const grants = await grant(join(folder, 'missing.wav'), good);
    const { added, failures } = await page.call('recordings.import', { grants });
    expect(added).toHaveLength(1);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ name: 'missing.wav' });
    expect(failures[0]?.message).toContain('There is no file');
  });

  it('does not add a known file twice, and analyses it again only where it has changed', async () => {
    const { page, importPaths, untilKind, folder, engine, until } = await openReadyLibrary();
    const [path = ''] = makeFiles(folder, { 'one.wav': 'one' });
    const [id = 0] = await importPaths(path);
    await untilKind(id, 'ready');
    const before = engine.calls.length;

    expect(await importPaths(path)).toEqual([id]);
    expect((await page.call('recordings.list', {})).map(({ status }) => status.kind)).toEqual([
      'ready',
    ]);
    expect(engine.calls).toHaveLength(before);

    writeFileSync(path, 'changed'.padEnd(6000, 'x'));
    expect(await importPaths(path)).toEqual([id]);
    await until(id, ({ sound, status }) => sound?.samples === 6000 && status.kind === 'ready');
    expect(await page.call('segments.list', { recordingId: id })).toHaveLength(3);
  });

  it('never writes to the files of the person', async () => {
    const { importPaths, untilKind, page, folder } = await openReadyLibrary();
    const paths = makeFiles(folder, { 'one.wav': 'one', 'two.mp3': 'two' });
    const before = paths.map((path) => readFileSync(path, 'utf8'));
    const ids = await importPaths(...paths);
    for (const id of ids) await untilKind(id, 'ready');
    await page.call('recordings.remove', { ids });
    expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(before);
  });

  it('of a path that nobody chose is refused', async () => {
    const { page } = await openReadyLibrary();
    const call = page.call('recordings.import', { grants: [randomUUID()] });
    await expect(call).rejects.toMatchObject({ code: 'invalid-call' });
  });

  it('waits for the engine where there is none yet, and can be cancelled meanwhile', async () => {
    const folder = makeFolder();
    const { page, grant } = await openTestLibrary(join(folder, 'project'));
    const grants = await grant(...makeFiles(folder, { 'one.wav': 'one' }));
    const controller = new AbortController();
    const call = page.call('recordings.import', { grants }, { signal: controller.signal });
    await page.call('recordings.list', {});
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('the list', () => {
  it('is there again at the next start', async () => {
    const first = await openReadyLibrary();
    const paths = makeFiles(first.folder, { 'one.wav': 'one', 'two.wav': 'two' });
    for (const id of await first.importPaths(...paths)) await first.untilKind(id, 'ready');
    const before = await first.page.call('recordings.list', {});
    await first.library.close();

    const second = await openTestLibrary(join(first.folder, 'project'));
    expect(await second.page.call('recordings.list', {})).toEqual(before);
    const track = await second.page.call('recordings.track', { id: before[0]?.id ?? 0 });
    expect(track?.cells).toBe(2);
  });
});

describe('the project', () => {
  it('names its folder and its model, asking the engine for the model once', async () => {
    const { page, folder, engine } = await openReadyLibrary();
    const described = await page.call('project.describe', {});
    expect(described).toMatchObject({ folder: join(folder, 'project'), model: { id: modelId } });
    expect(await page.call('project.describe', {})).toEqual(described);
    expect(engine.calls).toEqual(['model.describe stand-in']);
  });
});
