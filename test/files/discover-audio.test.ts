import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discoverAudio, findAudio } from '#files/discover-audio.ts';
import { temporaryFolder } from '../engine/audio/support.ts';

const folder = temporaryFolder();

async function plant(root: string, names: readonly string[]): Promise<string> {
  for (const name of names) {
    await mkdir(folder.path(join(root, name, '..')), { recursive: true });
    await folder.write(join(root, name), 'content does not matter here');
  }
  return folder.path(root);
}

describe('what was dropped', () => {
  it('is searched to any depth, sorted as people count', async () => {
    const root = await plant('deep', [
      'take 10.wav',
      'take 2.wav',
      'b/c/d/x.MP3',
      'b/a.flac',
      'a.Opus',
    ]);
    const names = ['a.Opus', 'b/a.flac', 'b/c/d/x.MP3', 'take 2.wav', 'take 10.wav'];
    expect(await discoverAudio([root])).toEqual({
      files: names.map((name) => join(root, name)),
      failures: [],
    });
  });

  it('is sorted the same on every disk, also where names count as the same', async () => {
    const names = ['001.wav', '01.wav', '1.wav', '\u0065\u0301.wav', '\u00e9.wav'];
    const root = await plant('alike', names.toReversed());
    const { files } = await discoverAudio([root]);
    expect(files).toEqual(names.map((name) => join(root, name)));
  });

  it('keeps other files and hidden ones of a folder out', async () => {
    const root = await plant('mixed', [
      'a.wav',
      'a.csv',
      'notes.txt',
      '._a.wav',
      '.trash/b.wav',
      'wav',
    ]);
    expect((await discoverAudio([root])).files).toEqual([join(root, 'a.wav')]);
  });

  it('is taken whatever its name when it is named itself', async () => {
    const root = await plant('named', ['recording', '.hidden.bin']);
    const paths = [join(root, 'recording'), join(root, '.hidden.bin')];
    expect(await discoverAudio(paths)).toEqual({ files: paths, failures: [] });
  });

  it('comes once, though it was named twice', async () => {
    const root = await plant('twice', ['a.wav']);
    const file = join(root, 'a.wav');
    expect((await discoverAudio([file, root, `${root}/../twice/a.wav`])).files).toEqual([file]);
  });

  it('may contain links in circles', async () => {
    const root = await plant('circle', ['inner/a.wav']);
    await symlink(root, join(root, 'inner/again'));
    await symlink(join(root, 'inner'), join(root, 'z-inner'));
    await symlink('itself', join(root, 'itself'));
    const { files, failures } = await discoverAudio([root]);
    expect(files).toEqual([join(root, 'inner/a.wav')]);
    expect(failures).toEqual([]);
  });

  it('is named with its reason when nothing comes of it, and the rest is found', async () => {
    const root = await plant('partly', ['a.wav', 'docs/readme.md']);
    await symlink(join(root, 'gone'), join(root, 'dangling.wav'));
    const missing = join(root, 'missing.wav');
    const { files, failures } = await discoverAudio([missing, join(root, 'docs'), root]);
    expect(files).toEqual([join(root, 'a.wav')]);
    expect(failures.map(({ path, code }) => [path, code])).toEqual([
      [missing, 'file-missing'],
      [join(root, 'docs'), 'folder-without-audio'],
      [join(root, 'dangling.wav'), 'file-missing'],
    ]);
    expect(failures[1]?.message).toContain(join(root, 'docs'));
  });
});

describe('a search', () => {
  it('tells of files as it finds them, and ends at once when it is cancelled', async () => {
    const root = await plant('stopped', ['a.wav', 'b/b.wav', 'c.wav']);
    const stop = new AbortController();
    const told: string[] = [];
    const search = async (): Promise<void> => {
      for await (const found of findAudio([root], stop.signal)) {
        if (found.kind === 'file') told.push(found.path);
        stop.abort();
      }
    };
    await expect(search()).rejects.toMatchObject({ name: 'AbortError' });
    expect(told).toEqual([join(root, 'a.wav')]);
  });
});
