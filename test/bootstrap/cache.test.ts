import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { completeFolder, verifiedDownload } from '../../scripts/setup/cache.mjs';
import { temporaryFolder } from './temporary-folder.ts';

const content = 'the right content';
const digest = createHash('sha256').update(content).digest('hex');

/** A cache whose downloads bring `contents`, one after the other. */
async function downloads(...contents: readonly string[]) {
  const folder = await temporaryFolder();
  const file = path.join(folder, 'wheel.whl');
  let fetched = 0;
  const get = () =>
    verifiedDownload({
      file,
      algorithm: 'sha256',
      digest,
      fetch: async (target) => {
        await writeFile(path.join(target, 'arrived'), contents[fetched] ?? '');
        fetched += 1;
      },
    });
  return { folder, file, get, fetched: () => fetched };
}

describe('verifiedDownload', () => {
  it('fetches once and keeps the file under its name', async () => {
    const { folder, file, get, fetched } = await downloads(content);
    expect(await get()).toBe(file);
    expect(await get()).toBe(file);
    expect(fetched()).toBe(1);
    expect(await readFile(file, 'utf8')).toBe(content);
    expect(await readdir(folder)).toEqual(['wheel.whl']);
  });

  it.each([
    ['one changed byte', 'the right c0ntent'],
    ['a truncated file', 'the right'],
    ['an empty file', ''],
  ])('heals %s', async (_, damaged) => {
    const { file, get, fetched } = await downloads(content);
    await writeFile(file, damaged);
    await get();
    expect(fetched()).toBe(1);
    expect(await readFile(file, 'utf8')).toBe(content);
  });

  it('refuses a download with another hash, keeps nothing of it, and takes the next', async () => {
    const { folder, get } = await downloads('something else', content);
    await expect(get()).rejects.toThrow(/is not the file it should be/);
    expect(await readdir(folder)).toEqual([]);
    await get();
    expect(await readdir(folder)).toEqual(['wheel.whl']);
  });

  it('keeps nothing of a download that failed', async () => {
    const folder = await temporaryFolder();
    const get = verifiedDownload({
      file: path.join(folder, 'wheel.whl'),
      algorithm: 'sha256',
      digest,
      fetch: async (target) => {
        await writeFile(path.join(target, 'half'), 'the ri');
        throw new Error('the network is down');
      },
    });
    await expect(get).rejects.toThrow('the network is down');
    expect(await readdir(folder)).toEqual([]);
  });

  it('clears what a killed process left, and nothing of a living one', async () => {
    const { folder, get } = await downloads(content);
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const living = `.tmp-${hostname()}-${process.pid}-abc`;
    await mkdir(path.join(folder, `.tmp-${hostname()}-${dead}-abc`));
    await mkdir(path.join(folder, living));
    await get();
    expect(await readdir(folder)).toEqual([living, 'wheel.whl']);
  });
});

describe('completeFolder', () => {
  async function runtimes() {
    const parent = await temporaryFolder();
    const folder = path.join(parent, 'runtime');
    let built = 0;
    const get = () =>
      completeFolder(folder, async (target) => {
        await mkdir(path.join(target, 'resources'));
        await writeFile(path.join(target, 'electron'), 'a binary');
        await writeFile(path.join(target, 'resources/app.js'), 'an app');
        built += 1;
      });
    return { parent, folder, get, built: () => built };
  }

  it('builds once', async () => {
    const { folder, get, built } = await runtimes();
    expect(await get()).toBe(folder);
    await get();
    expect(built()).toBe(1);
    expect(await readFile(path.join(folder, 'resources/app.js'), 'utf8')).toBe('an app');
  });

  it('builds again when a file has lost bytes', async () => {
    const { folder, get, built } = await runtimes();
    await get();
    await truncate(path.join(folder, 'electron'), 3);
    await get();
    expect(built()).toBe(2);
    expect(await readFile(path.join(folder, 'electron'), 'utf8')).toBe('a binary');
  });

  it('does not take a folder for complete that never was finished', async () => {
    const { folder, get, built } = await runtimes();
    await mkdir(folder);
    await writeFile(path.join(folder, 'electron'), 'a binary');
    await get();
    expect(built()).toBe(1);
  });

  it('leaves nothing of a build that failed', async () => {
    const parent = await temporaryFolder();
    const build = completeFolder(path.join(parent, 'runtime'), () =>
      Promise.reject(new Error('the disk is full')),
    );
    await expect(build).rejects.toThrow('the disk is full');
    expect(await readdir(parent)).toEqual([]);
  });
});
