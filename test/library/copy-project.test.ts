import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFiles, openReadyLibrary, openTestLibrary } from './support/test-library.ts';

async function withRecordings() {
  const library = await openReadyLibrary();
  const { folder, importPaths, untilKind } = library;
  const inside = join(folder, 'project/recordings/take.wav');
  writeFileSync(inside, 'take '.repeat(700));
  writeFileSync(join(folder, 'project/models/note.txt'), 'a model');
  const [outside = ''] = makeFiles(folder, { 'outside.wav': 'outside' });
  const ids = await importPaths(inside, outside);
  for (const id of ids) await untilKind(id, 'ready');
  return { ...library, inside, outside, ids, to: join(folder, 'copy of it') };
}

it('a copied project holds the same, and its own recordings are its own', async () => {
  const { host, page, folder, outside, ids, to } = await withRecordings();
  await host.call('project.copy', { to });
  // What is done after does not reach the copy.
  await page.call('recordings.remove', { ids });
  const copy = await openTestLibrary(to);
  const list = await copy.page.call('recordings.list', {});
  expect(list.map(({ path }) => path)).toEqual([join(to, 'recordings/take.wav'), outside]);
  expect(readFileSync(join(to, 'recordings/take.wav'), 'utf8')).toBe('take '.repeat(700));
  expect(readFileSync(join(to, 'models/note.txt'), 'utf8')).toBe('a model');
  for (const { id } of list) {
    expect(await copy.page.call('segments.list', { recordingId: id })).toHaveLength(3);
  }
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

it('a copy is refused where something is already, and inside the project', async () => {
  const { host, folder, to } = await withRecordings();
  mkdirSync(to);
  await expect(host.call('project.copy', { to })).rejects.toMatchObject({ code: 'not-writable' });
  const within = join(folder, 'project/copy');
  await expect(host.call('project.copy', { to: within })).rejects.toMatchObject({
    code: 'not-writable',
  });
});

it('a cancelled copy leaves nothing', async () => {
  const { host, folder, to } = await withRecordings();
  const controller = new AbortController();
  const copying = host.call('project.copy', { to }, { signal: controller.signal });
  controller.abort();
  await expect(copying).rejects.toMatchObject({ code: 'cancelled' });
  expect(existsSync(to)).toBe(false);
  await expect.poll(() => readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});
