import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allRecordings, type RecordingQuery } from '#shared/domain/recording-query.ts';
import { makeFiles, openReadyLibrary, openTestLibrary } from '../support/test-library.ts';

type Ready = Awaited<ReturnType<typeof openReadyLibrary>>;

async function withThree(): Promise<Ready & { readonly ids: readonly number[] }> {
  const library = await openReadyLibrary();
  const paths = makeFiles(library.folder, {
    'Gespräch mit Ada.wav': 'a',
    'interview.wav': 'bb',
    'pilot.wav': 'ccc',
  });
  const ids = await library.importPaths(...paths);
  for (const id of ids) await library.untilKind(id, 'ready');
  return { ...library, ids };
}

function searcher({ page }: Ready) {
  return (query: Partial<RecordingQuery>): Promise<readonly number[]> =>
    page.call('recordings.search', { ...allRecordings, ...query });
}

describe('finding recordings', () => {
  it('by words in name, speaker, tags and note, whatever case and accents', async () => {
    const library = await withThree();
    const [a = 0, b = 0, c = 0] = library.ids;
    await library.page.call('recordings.describe', { ids: [b], change: { speaker: 'Élodie' } });
    await library.page.call('recordings.describe', { ids: [c], change: { addTag: 'Übung' } });
    await library.page.call('recordings.describe', { ids: [c], change: { note: '100% of_it' } });
    const search = searcher(library);
    expect(await search({ words: 'GESPRACH ada' })).toEqual([a]);
    expect(await search({ words: 'elodie' })).toEqual([b]);
    expect(await search({ words: 'ubung' })).toEqual([c]);
    expect(await search({ words: '100% of_it' })).toEqual([c]);
    expect(await search({ words: '_' })).toEqual([c]);
    expect(await search({ words: 'ada pilot' })).toEqual([]);
  });

  it('by speaker, tag, status and label', async () => {
    const library = await withThree();
    const [a = 0, b = 0, c = 0] = library.ids;
    const { page } = library;
    await page.call('recordings.describe', { ids: [a, b], change: { speaker: 'Ada' } });
    await page.call('recordings.describe', { ids: [b, c], change: { addTag: 'pilot' } });
    const search = searcher(library);
    expect(await search({ speakers: ['Ada'] })).toEqual([a, b]);
    expect(await search({ speakers: ['Ada', ''] })).toEqual([a, b, c]);
    expect(await search({ tags: ['pilot'], speakers: ['Ada'] })).toEqual([b]);
    expect(await search({ status: 'ready' })).toEqual([a, b, c]);
    expect(await search({ status: 'failed' })).toEqual([]);
    const [segment] = await page.call('segments.list', { recordingId: a });
    expect(await search({ labels: [segment?.label ?? ''] })).toEqual([a, b, c]);
    expect(await search({ labels: ['a label that nobody gave'] })).toEqual([]);
  });

  it('by how much of the speech the model is unsure of, and in that order', async () => {
    const library = await withThree();
    const search = searcher(library);
    expect(await search({ unsure: 0 })).toEqual(library.ids);
    expect(await search({ unsure: 1 })).toEqual([]);
    expect(await search({ sort: 'least sure' })).toHaveLength(3);
    expect(await search({ sort: 'longest' })).toHaveLength(3);
    const names = await search({ sort: 'name' });
    expect(names).toEqual(library.ids);
  });
});

describe('what people note of recordings', () => {
  it('is one act for all of them, undone and redone', async () => {
    const { page, ids, until } = await withThree();
    const [a = 0, b = 0] = ids;
    await page.call('recordings.describe', { ids: [a, b], change: { speaker: 'Ada' } });
    await until(b, ({ speaker }) => speaker === 'Ada');
    const undone = await page.call('history.undo', {});
    expect(undone?.words).toBe('Set the speaker of 2 recordings to Ada');
    await until(a, ({ speaker }) => speaker === '');
    await page.call('history.redo', {});
    await until(a, ({ speaker }) => speaker === 'Ada');
  });

  it('is whether they are difficult to listen to, which is undone as any act', async () => {
    const { page, ids } = await withThree();
    const [a = 0, b = 0] = ids;
    const marks = async () =>
      (await page.call('recordings.list', {})).map(({ difficult }) => difficult);
    expect(await marks()).toEqual([false, false, false]);
    await page.call('recordings.describe', { ids: [a, b], change: { difficult: true } });
    await page.call('recordings.describe', { ids: [a], change: { difficult: false } });
    expect(await marks()).toEqual([false, true, false]);
    await page.call('history.undo', {});
    expect(await marks()).toEqual([true, true, false]);
    const undone = await page.call('history.undo', {});
    expect(undone?.words).toBe('Marked 2 recordings as difficult to listen to');
    expect(await marks()).toEqual([false, false, false]);
  });

  it('has tags once each, in the order of the alphabet', async () => {
    const { page, ids, until } = await withThree();
    const [a = 0] = ids;
    for (const addTag of ['pilot', 'again', 'pilot']) {
      await page.call('recordings.describe', { ids: [a], change: { addTag } });
    }
    await until(a, ({ tags }) => tags.join() === 'again,pilot');
    await page.call('recordings.describe', { ids: [a], change: { removeTag: 'pilot' } });
    await until(a, ({ tags }) => tags.join() === 'again');
  });
});

describe('taking recordings off the list', () => {
  it('is undone with everything that was on them', async () => {
    const { page, ids, untilKind } = await withThree();
    const [a = 0] = ids;
    const before = await page.call('segments.list', { recordingId: a });
    const removed = new Promise((resolve) => page.on('recordings.removed', resolve));
    await page.call('recordings.remove', { ids: [a] });
    expect(await removed).toEqual([a]);
    expect((await page.call('recordings.list', {})).map(({ id }) => id)).not.toContain(a);
    await expect(page.call('segments.list', { recordingId: a })).rejects.toMatchObject({
      code: 'not-found',
    });
    await page.call('history.undo', {});
    await untilKind(a, 'ready');
    expect(await page.call('segments.list', { recordingId: a })).toEqual(before);
  });

  it('keeps what was made of them over a restart', async () => {
    const { page, ids, library, folder } = await withThree();
    const [a = 0] = ids;
    const cached = readdirSync(join(folder, 'project/cache/tracks'));
    await page.call('recordings.remove', { ids: [a] });
    await library.close();
    const again = await openTestLibrary(join(folder, 'project'));
    expect(readdirSync(join(folder, 'project/cache/tracks'))).toEqual(cached);
    expect(await again.page.call('recordings.removed', {})).toMatchObject([{ id: a }]);
    await again.page.call('history.undo', {});
    expect((await again.page.call('recordings.list', {})).map(({ id }) => id)).toContain(a);
  });

  it('lets one that waits its turn wait no longer, until it is put back', async () => {
    const { page, ids, until, engine } = await withThree();
    const [a = 0] = ids;
    await page.call('recordings.remove', { ids: [a] });
    const before = engine.calls.length;
    await page.call('recordings.putBack', { ids: [a] });
    await until(a, ({ status }) => status.kind === 'ready');
    expect(engine.calls.length).toBe(before);
  });

  it('is taken back by opening the file again', async () => {
    const { page, ids, folder, importPaths } = await withThree();
    const [, b = 0] = ids;
    await page.call('recordings.remove', { ids: [b] });
    expect(await importPaths(join(folder, 'interview.wav'))).toEqual([b]);
    expect(await page.call('recordings.removed', {})).toEqual([]);
  });
});

describe('deleting for good', () => {
  it('leaves no trace in any file of the project, and the person’s own file alone', async () => {
    const { page, ids, folder, library } = await withThree();
    const [a = 0] = ids;
    const canary = 'canary 4711';
    await page.call('recordings.describe', { ids: [a], change: { note: canary } });
    await page.call('recordings.describe', { ids: [a], change: { name: `${canary} renamed` } });
    await page.call('recordings.remove', { ids: [a] });
    const { deleted } = await page.call('recordings.deleteForGood', { ids: [a] });
    expect(deleted).toBe(1);
    expect(await page.call('recordings.removed', {})).toEqual([]);
    expect(existsSync(join(folder, 'Gespräch mit Ada.wav'))).toBe(true);
    await library.close();
    const project = join(folder, 'project');
    const files = readdirSync(project, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files) {
      expect(readFileSync(file).includes(canary), file).toBe(false);
    }
    expect(files.filter((file) => file.endsWith(`${String(a)}.track`))).toEqual([]);
  });

  it('forgets what a recording was called before in acts on several', async () => {
    const { page, ids } = await withThree();
    const [a = 0, b = 0] = ids;
    const former = 'canary 4712';
    await page.call('recordings.describe', { ids: [a], change: { name: former } });
    await page.call('recordings.remove', { ids: [a] });
    await page.call('history.undo', {});
    await page.call('recordings.describe', { ids: [a], change: { name: 'plain' } });
    await page.call('recordings.remove', { ids: [a, b] });
    await page.call('recordings.deleteForGood', { ids: [a] });
    const entries = await page.call('history.list', { before: null, limit: 100 });
    expect(entries.filter(({ words }) => words.includes(former))).toEqual([]);
    expect(entries.map(({ words }) => words)).toContain('Took 2 recordings off the list');
  });

  it('only takes what was taken off the list before', async () => {
    const { page, ids } = await withThree();
    expect(await page.call('recordings.deleteForGood', { ids })).toMatchObject({ deleted: 0 });
    expect(await page.call('recordings.list', {})).toHaveLength(3);
  });

  it('leaves history walkable', async () => {
    const { page, ids } = await withThree();
    const [a = 0, b = 0] = ids;
    await page.call('recordings.describe', { ids: [a, b], change: { speaker: 'Ada' } });
    await page.call('recordings.remove', { ids: [a] });
    await page.call('recordings.deleteForGood', { ids: [a] });
    while (await page.call('history.undo', {}));
    const list = await page.call('recordings.list', {});
    expect(list.map(({ id }) => id)).toEqual(ids.slice(1));
    expect(list.map(({ speaker }) => speaker)).toEqual(['', '']);
    while (await page.call('history.redo', {}));
    expect((await page.call('recordings.list', {})).map(({ speaker }) => speaker)).toEqual([
      'Ada',
      '',
    ]);
  });

  it('deletes the sound that lies in the project', async () => {
    const library = await openReadyLibrary();
    const path = join(library.folder, 'project/recordings/take.wav');
    writeFileSync(path, 'take '.repeat(600));
    const [id = 0] = await library.importPaths(path);
    await library.untilKind(id, 'ready');
    await library.page.call('recordings.remove', { ids: [id] });
    expect(await library.page.call('recordings.removed', {})).toMatchObject([{ inside: true }]);
    expect(existsSync(path)).toBe(true);
    await library.page.call('recordings.deleteForGood', { ids: [id] });
    expect(existsSync(path)).toBe(false);
  });
});
