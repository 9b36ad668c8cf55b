import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { QueueState } from '#shared/domain/queue-state.ts';
import { startStandInEngine } from '../support/stand-in-engine.ts';
import {
  makeFiles,
  makeFolder,
  openReadyLibrary,
  openTestLibrary,
  type TestLibrary,
} from '../support/test-library.ts';

/** Files `1.wav` to `<many>.wav`, each another recording. */
function makeMany(folder: string, many: number): readonly string[] {
  const names = Array.from({ length: many }, (_, index) => `${index + 1}.wav`);
  return makeFiles(folder, Object.fromEntries(names.map((name) => [name, name])));
}

/** Resolves once the page was told so of the queue. */
function untilQueue(
  { page }: Pick<TestLibrary, 'page'>,
  is: (state: QueueState) => boolean,
): Promise<QueueState> {
  return new Promise((resolve, reject) => {
    const stop = page.on('queue.changed', (state) => {
      if (!is(state)) return;
      stop();
      resolve(state);
    });
    void page.call('queue.state', {}).then((state) => {
      if (is(state)) resolve(state);
    }, reject);
  });
}

const analysed = (calls: readonly string[]): readonly string[] =>
  calls.filter((call) => call.startsWith('analysis.run')).map((call) => call.slice(13));

describe('a folder of many recordings', () => {
  it('is on the list before the search is over, and counted as it goes', async () => {
    const { page, grant, folder, told } = await openReadyLibrary();
    const many = join(folder, 'many');
    makeMany(many, 450);
    const stages: string[] = [];
    const { added, failures } = await page.call(
      'recordings.import',
      { grants: await grant(many, join(folder, 'nothing here')) },
      {
        onProgress: ({ stage }) => {
          stages.push(`${stage}, ${new Set(told.map(({ id }) => id)).size >= 200}`);
        },
      },
    );
    expect(added).toHaveLength(450);
    expect(failures.map(({ name }) => name)).toEqual(['nothing here']);
    expect(stages[0]).toBe('200 found, true');
    expect(stages.at(-1)).toBe('450 found, true');
    const names = (await page.call('recordings.list', {})).map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(['1.wav', '2.wav', '3.wav']);
  });

  it('keeps what was found when the search is cancelled', async () => {
    const { page, grant, folder } = await openReadyLibrary();
    const many = join(folder, 'many');
    makeMany(many, 450);
    const stop = new AbortController();
    const call = page.call(
      'recordings.import',
      { grants: await grant(many) },
      {
        signal: stop.signal,
        onProgress: () => {
          stop.abort();
        },
      },
    );
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    const there = await page.call('recordings.list', {});
    expect(there.length).toBeGreaterThanOrEqual(200);
    expect(there.length).toBeLessThanOrEqual(450);
  });
});

describe('the state of the queue', () => {
  it('says how many there are, how they ended, and the part of the work that is done', async () => {
    const library = await openReadyLibrary();
    const { page, engine, folder, importPaths, untilKind } = library;
    expect(await page.call('queue.state', {})).toMatchObject({ phase: 'idle', waiting: 0 });
    engine.hold('analysis.run');
    const paths = makeFiles(folder, {
      'a.wav': 'broken',
      'b.wav': 'b',
      'c.wav': 'c',
      'd.wav': 'd',
    });
    const [, running = 0, , last = 0] = await importPaths(...paths);
    await untilKind(running, 'working');
    await page.call('recordings.cancel', { ids: [last] });
    // A third has failed, and of another third something is done.
    const during = await untilQueue(
      library,
      ({ failed, cancelled, fraction }) => failed + cancelled === 2 && fraction > 1 / 3,
    );
    expect(during).toMatchObject({ phase: 'working', waiting: 2, analysed: 0, failed: 1 });
    expect(during.fraction).toBeLessThan(2 / 3);
    engine.release();
    const after = await untilQueue(library, ({ phase }) => phase === 'idle');
    expect(after).toEqual({
      phase: 'idle',
      waiting: 0,
      analysed: 2,
      kept: 0,
      failed: 1,
      cancelled: 1,
      fraction: 1,
      secondsLeft: null,
    });
  });

  it('counts anew once everything was done', async () => {
    const library = await openReadyLibrary();
    const { folder, importPaths, untilKind } = library;
    const [first = 0] = await importPaths(...makeFiles(folder, { 'a.wav': 'a' }));
    await untilKind(first, 'ready');
    const [second = 0] = await importPaths(...makeFiles(folder, { 'b.wav': 'b' }));
    await untilKind(second, 'ready');
    expect(await untilQueue(library, ({ phase }) => phase === 'idle')).toMatchObject({
      analysed: 1,
    });
  });

  it('tells of thousands of stopped ones in one message', async () => {
    const { page, engine, folder, importPaths, told } = await openReadyLibrary();
    engine.hold('audio.prepare');
    const ids = await importPaths(...makeMany(join(folder, 'many'), 1000));
    let messages = 0;
    page.on('recordings.changed', () => (messages += 1));
    await page.call('recordings.cancel', { ids });
    expect(new Set(told.slice(-1000).map(({ status }) => status.kind))).toEqual(
      new Set(['cancelled']),
    );
    expect(messages).toBeLessThanOrEqual(3);
  });
});

describe('a paused queue', () => {
  it('begins with nothing, also after a restart, and goes on when it is told to', async () => {
    const folder = makeFolder();
    const first = await openTestLibrary(join(folder, 'project'));
    const engine = startStandInEngine();
    engine.hold('analysis.run');
    first.setEngine(engine);
    const ids = await first.importPaths(...makeMany(folder, 3));
    const [running = 0] = ids;
    await first.untilKind(running, 'working');
    await first.page.call('queue.pause', {});
    await first.untilKind(running, 'queued');
    await first.library.close();

    const second = await openTestLibrary(join(folder, 'project'));
    const next = startStandInEngine();
    second.setEngine(next);
    const paused = await second.page.call('queue.state', {});
    expect(paused).toMatchObject({ phase: 'paused', waiting: 3, analysed: 0 });
    expect(next.calls).toEqual([]);
    await second.page.call('queue.goOn', {});
    for (const id of ids) await second.untilKind(id, 'ready');
    const after = await untilQueue(second, ({ waiting }) => waiting === 0);
    expect(after).toMatchObject({ phase: 'idle', analysed: 3 });
    expect(analysed(next.calls)).toEqual(['1.wav', '2.wav', '3.wav']);
  });

  it('keeps nobody waiting who asks for one recording', async () => {
    const { page, engine, folder, importPaths, untilKind } = await openReadyLibrary();
    const [id = 0] = await importPaths(...makeFiles(folder, { 'a.wav': 'a' }));
    await untilKind(id, 'ready');
    await page.call('queue.pause', {});
    const [other = 0] = await importPaths(...makeFiles(folder, { 'b.wav': 'b' }));
    // Somebody emptied the cache.
    rmSync(join(folder, 'project/cache/tracks'), { recursive: true });
    mkdirSync(join(folder, 'project/cache/tracks'));
    expect(await page.call('recordings.track', { id })).not.toBeNull();
    await untilKind(other, 'queued');
    expect(analysed(engine.calls)).toEqual(['a.wav', 'a.wav']);
    expect(await page.call('queue.state', {})).toMatchObject({ phase: 'paused', waiting: 1 });
  });
});

it('takes the recordings next that somebody puts first', async () => {
  const { page, engine, folder, importPaths, untilKind } = await openReadyLibrary();
  engine.hold('analysis.run');
  const ids = await importPaths(...makeMany(folder, 5));
  const [running = 0, second = 0, third = 0, fourth = 0, fifth = 0] = ids;
  await untilKind(running, 'working');
  await page.call('queue.next', { ids: [running, fifth, fourth] });
  expect(await page.call('queue.waiting', {})).toEqual([fifth, fourth, second, third]);
  engine.release();
  for (const id of ids) await untilKind(id, 'ready');
  expect(analysed(engine.calls)).toEqual(['1.wav', '5.wav', '4.wav', '2.wav', '3.wav']);
});

describe('what is up to date', () => {
  it('is not computed again: a file that was only touched, nor one with the content of another', async () => {
    const library = await openReadyLibrary();
    const { page, engine, folder, importPaths, untilKind } = library;
    const [path = ''] = makeFiles(folder, { 'a.wav': 'a' });
    const [id = 0] = await importPaths(path);
    await untilKind(id, 'ready');
    utimesSync(path, 1, 1);
    const copy = join(folder, 'copy.wav');
    writeFileSync(copy, readFileSync(path));
    const ids = await importPaths(path, copy);
    for (const each of ids) await untilKind(each, 'ready');
    await untilQueue(library, ({ phase, kept }) => phase === 'idle' && kept === 2);
    expect(analysed(engine.calls)).toEqual(['a.wav']);
    const [first, second] = await Promise.all(
      ids.map(async (each) => ({
        track: await page.call('recordings.track', { id: each }),
        segments: await page.call('segments.list', { recordingId: each }),
      })),
    );
    expect(second?.track).toEqual(first?.track);
    const what = (
      segments: readonly {
        readonly start: number;
        readonly end: number;
        readonly label: string;
      }[] = [],
    ): unknown => segments.map(({ start, end, label }) => [start, end, label]);
    expect(what(second?.segments)).toEqual(what(first?.segments));
    expect(second?.segments).toHaveLength(3);
  });

  it('is so for one model alone, and for one content', async () => {
    const { engine, folder, importPaths, untilKind, page, library } = await openReadyLibrary();
    const [path = ''] = makeFiles(folder, { 'a.wav': 'a' });
    const [id = 0] = await importPaths(path);
    await untilKind(id, 'ready');
    makeFiles(folder, { 'a.wav': 'another' });
    await importPaths(path);
    await untilKind(id, 'ready');
    expect(analysed(engine.calls)).toEqual(['a.wav', 'a.wav']);
    page.close();
    await library.close();

    const again = await openTestLibrary(join(folder, 'project'));
    const other = startStandInEngine('2');
    again.setEngine(other);
    await again.page.call('recordings.retry', { ids: [id] });
    await untilQueue(again, ({ phase, analysed: count }) => phase === 'idle' && count === 1);
    expect(analysed(other.calls)).toEqual(['a.wav']);
  });
});
