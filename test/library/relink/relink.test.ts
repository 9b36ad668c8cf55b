import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFiles, openReadyLibrary } from '../support/test-library.ts';

async function withMoved(count = 1) {
  const library = await openReadyLibrary();
  const { folder, importPaths, page, untilKind, until } = library;
  const names = Array.from({ length: count }, (_, index) => `take ${String(index)}.wav`);
  const before = makeFiles(folder, Object.fromEntries(names.map((name) => [name, name])));
  const ids = await importPaths(...before);
  for (const id of ids) await untilKind(id, 'ready');
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(join(elsewhere, 'deep'), { recursive: true });
  const after = names.map((name) => join(elsewhere, 'deep', `moved ${name}`));
  before.forEach((path, index) => {
    renameSync(path, after[index] ?? '');
  });
  await page.call('recordings.checkFiles', {});
  for (const id of ids) await until(id, ({ missing }) => missing);
  return { ...library, ids, elsewhere, after };
}

it('a file that is gone is noticed, and noticed when it is back', async () => {
  const { page, ids, after, folder, until } = await withMoved();
  renameSync(after[0] ?? '', join(folder, 'take 0.wav'));
  await page.call('recordings.checkFiles', {});
  await until(ids[0] ?? 0, ({ missing }) => !missing);
});

it('a recording becomes the file that was chosen for it, and keeps what was made of it', async () => {
  const { page, ids, after, grant, until, engine, host } = await withMoved();
  const [id = 0] = ids;
  const [to = ''] = await grant(...after);
  const before = engine.calls.length;
  const segments = await page.call('segments.list', { recordingId: id });
  await page.call('recordings.relink', { id, to });
  const found = await until(id, ({ missing }) => !missing);
  expect(found).toMatchObject({
    path: after[0],
    name: 'moved take 0.wav',
    status: { kind: 'ready' },
  });
  expect(await page.call('segments.list', { recordingId: id })).toEqual(segments);
  expect((await host.call('media.locate', { id, which: 'canonical' })).path).not.toBe('');
  expect(engine.calls.length).toBe(before);
});

it('a file with other content is refused, and nothing changes', async () => {
  const { page, ids, folder, grant } = await withMoved();
  const [id = 0] = ids;
  const other = join(folder, 'other.wav');
  writeFileSync(other, 'something else'.repeat(300));
  const [to = ''] = await grant(other);
  await expect(page.call('recordings.relink', { id, to })).rejects.toMatchObject({
    code: 'not-the-recording',
  });
  expect(await page.call('recordings.list', {})).toMatchObject([{ id, missing: true }]);
});

it('all that are missing are found in a folder, with progress', async () => {
  const { page, ids, elsewhere, grant, after } = await withMoved(5);
  rmSync(after[4] ?? '');
  const fractions: number[] = [];
  const outcome = await page.call(
    'recordings.relinkFrom',
    { grants: await grant(elsewhere) },
    { onProgress: ({ fraction }) => fractions.push(fraction) },
  );
  expect([...outcome.found].sort()).toEqual(ids.slice(0, 4));
  expect(outcome.missing).toBe(1);
  expect(fractions.at(-1)).toBe(1);
  const list = await page.call('recordings.list', {});
  expect(list.map(({ missing }) => missing)).toEqual([false, false, false, false, true]);
});

it('the search stops when it is cancelled', async () => {
  const { page, elsewhere, grant } = await withMoved(3);
  const controller = new AbortController();
  const search = page.call(
    'recordings.relinkFrom',
    { grants: await grant(elsewhere) },
    { signal: controller.signal },
  );
  controller.abort();
  await expect(search).rejects.toMatchObject({ code: 'cancelled' });
});

it('a moved file that is opened again is the recording that it was', async () => {
  const { page, ids, after, importPaths, until } = await withMoved(2);
  expect(await importPaths(after[1] ?? '')).toEqual([ids[1]]);
  await until(ids[1] ?? 0, ({ missing, path }) => !missing && path === after[1]);
  expect(await page.call('recordings.list', {})).toHaveLength(2);
});

it('a copy of a file that is still there is another recording', async () => {
  const { folder, importPaths, untilKind, page } = await openReadyLibrary();
  const [path = ''] = makeFiles(folder, { 'one.wav': 'same' });
  const [id = 0] = await importPaths(path);
  await untilKind(id, 'ready');
  const [copy = ''] = makeFiles(join(folder, 'copies'), { 'one.wav': 'same' });
  expect(await importPaths(copy)).not.toEqual([id]);
  expect(await page.call('recordings.list', {})).toHaveLength(2);
});
