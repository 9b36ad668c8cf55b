import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startStandInEngine } from './support/stand-in-engine.ts';
import {
  makeFiles,
  makeFolder,
  openReadyLibrary,
  openTestLibrary,
} from './support/test-library.ts';

describe('the queue', () => {
  it('works one recording off after the other, oldest first', async () => {
    const { importPaths, untilKind, engine, folder } = await openReadyLibrary();
    const ids = await importPaths(
      ...makeFiles(folder, { 'c.wav': 'c', 'a.wav': 'a', 'b.wav': 'b' }),
    );
    for (const id of ids) await untilKind(id, 'ready');
    const jobs = engine.calls.filter((call) => !call.startsWith('model.describe'));
    expect(jobs).toEqual([
      'audio.prepare c.wav',
      'analysis.run c.wav',
      'audio.prepare a.wav',
      'analysis.run a.wav',
      'audio.prepare b.wav',
      'analysis.run b.wav',
    ]);
  });

  it('tells the page how far the work is, stage by stage, and the sound as soon as it is known', async () => {
    const { importPaths, untilKind, until, engine, folder, told } = await openReadyLibrary();
    engine.hold('analysis.run');
    const [id = 0] = await importPaths(...makeFiles(folder, { 'a.wav': 'a' }));
    const working = await until(
      id,
      ({ status }) => status.kind === 'working' && status.stage === 'analysing',
    );
    expect(working.sound?.samples).toBe(3000);
    engine.release();
    await untilKind(id, 'ready');
    const seen = told.map(({ status }) =>
      status.kind === 'working' ? `${status.kind} ${status.stage}` : status.kind,
    );
    expect([...new Set(seen)]).toEqual(['queued', 'working reading', 'working analysing', 'ready']);
    const fractions = told.flatMap(({ status }) =>
      status.kind === 'working' ? [status.fraction] : [],
    );
    expect(fractions).toEqual([...fractions].sort((one, other) => one - other));
  });

  it('goes on after a recording that fails, and says why that one did', async () => {
    const { importPaths, untilKind, folder, bugs } = await openReadyLibrary();
    const [bad = 0, good = 0] = await importPaths(
      ...makeFiles(folder, { 'bad.wav': 'broken', 'good.wav': 'good' }),
    );
    await untilKind(good, 'ready');
    const { status } = await untilKind(bad, 'failed');
    expect(status).toMatchObject({ error: { code: 'not-audio' } });
    expect(bugs).toEqual([]);
  });

  it('tries a failed recording again when asked to', async () => {
    const { page, importPaths, untilKind, folder } = await openReadyLibrary();
    const [id = 0] = await importPaths(...makeFiles(folder, { 'bad.wav': 'broken' }));
    await untilKind(id, 'failed');
    makeFiles(folder, { 'bad.wav': 'mended' });
    await page.call('recordings.retry', { ids: [id] });
    await untilKind(id, 'ready');
  });

  it('refuses to retry what is not in the library', async () => {
    const { page } = await openReadyLibrary();
    const call = page.call('recordings.retry', { ids: [99] });
    await expect(call).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('cancelling', () => {
  it('takes effect at once, for what runs and for what waits, and the rest goes on', async () => {
    const { page, importPaths, untilKind, engine, folder } = await openReadyLibrary();
    engine.hold('analysis.run');
    const [running = 0, waiting = 0, other = 0] = await importPaths(
      ...makeFiles(folder, { 'a.wav': 'a', 'b.wav': 'b', 'c.wav': 'c' }),
    );
    await untilKind(running, 'working');
    await page.call('recordings.cancel', { ids: [running, waiting] });
    const kinds = (await page.call('recordings.list', {})).map(({ status }) => status.kind);
    expect(kinds.slice(0, 2)).toEqual(['cancelled', 'cancelled']);
    engine.release();
    await untilKind(other, 'ready');
    expect(engine.calls).not.toContain('audio.prepare b.wav');
    const later = (await page.call('recordings.list', {})).map(({ status }) => status.kind);
    expect(later).toEqual(['cancelled', 'cancelled', 'ready']);

    await page.call('recordings.retry', { ids: [running, waiting] });
    await untilKind(running, 'ready');
    await untilKind(waiting, 'ready');
  });

  it('leaves alone what is ready', async () => {
    const { page, importPaths, untilKind, folder } = await openReadyLibrary();
    const [id = 0] = await importPaths(...makeFiles(folder, { 'a.wav': 'a' }));
    await untilKind(id, 'ready');
    await page.call('recordings.cancel', { ids: [id] });
    expect((await page.call('recordings.list', {}))[0]?.status.kind).toBe('ready');
  });
});

describe('an engine that dies', () => {
  it('is waited for: the recording is tried once more with the next engine', async () => {
    const { importPaths, until, untilKind, engine, setEngine, folder, bugs } =
      await openReadyLibrary();
    engine.hold('analysis.run');
    const [first = 0, second = 0] = await importPaths(
      ...makeFiles(folder, { 'a.wav': 'a', 'b.wav': 'b' }),
    );
    await until(first, ({ status }) => status.kind === 'working' && status.stage === 'analysing');
    engine.die();
    await untilKind(first, 'queued');
    const next = startStandInEngine();
    setEngine(next);
    await untilKind(first, 'ready');
    await untilKind(second, 'ready');
    expect(next.calls[0]).toBe('audio.prepare a.wav');
    expect(bugs).toEqual([]);
  });

  it('twice at the same recording fails it, and the others go on with the third engine', async () => {
    const { importPaths, until, untilKind, engine, setEngine, folder } = await openReadyLibrary();
    const isAnalysing = (id: number): Promise<unknown> =>
      until(id, ({ status }) => status.kind === 'working' && status.stage === 'analysing');
    engine.hold('analysis.run');
    const [deadly = 0, other = 0] = await importPaths(
      ...makeFiles(folder, { 'a.wav': 'a', 'b.wav': 'b' }),
    );
    await isAnalysing(deadly);
    engine.die();
    await untilKind(deadly, 'queued');

    const second = startStandInEngine();
    second.hold('analysis.run');
    setEngine(second);
    await isAnalysing(deadly);
    second.die();
    const { status } = await untilKind(deadly, 'failed');
    expect(status).toMatchObject({ error: { code: 'engine-stopped' } });

    setEngine(startStandInEngine());
    await untilKind(other, 'ready');
  });
});

describe('after a restart', () => {
  it('what was running and what was waiting goes on', async () => {
    const first = await openReadyLibrary();
    first.engine.hold('analysis.run');
    const paths = makeFiles(first.folder, { 'a.wav': 'a', 'b.wav': 'b' });
    const [running = 0, waiting = 0] = await first.importPaths(...paths);
    await first.untilKind(running, 'working');
    await first.library.close();

    const second = await openTestLibrary(join(first.folder, 'project'));
    const kinds = (await second.page.call('recordings.list', {})).map(({ status }) => status.kind);
    expect(kinds).toEqual(['queued', 'queued']);
    second.setEngine(startStandInEngine());
    await second.untilKind(running, 'ready');
    await second.untilKind(waiting, 'ready');
  });

  it('what was imported without an engine to analyse it is analysed', async () => {
    const folder = makeFolder();
    const first = await openTestLibrary(join(folder, 'project'));
    const engine = startStandInEngine();
    engine.hold('audio.prepare');
    first.setEngine(engine);
    const [id = 0] = await first.importPaths(...makeFiles(folder, { 'a.wav': 'a' }));
    engine.die();
    await first.untilKind(id, 'queued');
    await first.library.close();

    const second = await openTestLibrary(join(folder, 'project'));
    second.setEngine(startStandInEngine());
    await second.untilKind(id, 'ready');
  });
});

describe('removing', () => {
  it('takes a recording off the list with what was made from it, even while it is worked on', async () => {
    const { page, importPaths, untilKind, engine, folder } = await openReadyLibrary();
    engine.hold('analysis.run');
    const [running = 0, other = 0] = await importPaths(
      ...makeFiles(folder, { 'a.wav': 'a', 'b.wav': 'b' }),
    );
    const removed: number[] = [];
    page.on('recordings.removed', (ids) => removed.push(...ids));
    await untilKind(running, 'working');
    await page.call('recordings.remove', { ids: [running] });
    engine.release();
    await untilKind(other, 'ready');
    expect(removed).toEqual([running]);
    expect((await page.call('recordings.list', {})).map(({ id }) => id)).toEqual([other]);
    const segments = page.call('segments.list', { recordingId: running });
    await expect(segments).rejects.toMatchObject({ code: 'not-found' });
  });
});
