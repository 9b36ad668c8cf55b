import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { unzip } from '../../scripts/setup/zip.mjs';
import { temporaryFolder } from './temporary-folder.ts';

const archive = path.resolve(import.meta.dirname, '../fixtures/setup/small.zip');

describe('unzip', () => {
  it('unpacks the chosen entries with their modes', async () => {
    const target = await temporaryFolder();
    await unzip(archive, (name) => {
      const [top, ...rest] = name.split('/');
      return top === 'tree' ? path.join(target, ...rest) : undefined;
    });
    expect((await readdir(target)).toSorted()).toEqual([
      'deep',
      'empty.txt',
      'program.sh',
      'stored.txt',
    ]);
    const text = (name: string) => readFile(path.join(target, name), 'utf8');
    expect(await text('stored.txt')).toBe('stored as it is\n');
    expect(await text('deep/deflated.txt')).toBe('to be repeated\n'.repeat(500));
    expect(await text('empty.txt')).toBe('');
    const mode = async (name: string) => (await stat(path.join(target, name))).mode & 0o111;
    expect(await mode('stored.txt')).toBe(0);
    if (process.platform !== 'win32') expect(await mode('program.sh')).not.toBe(0);
  });

  it.each([
    ['cut off', 400],
    ['empty', 0],
  ])('names an archive that is %s', async (_, length) => {
    const folder = await temporaryFolder();
    const damaged = path.join(folder, 'damaged.zip');
    await writeFile(damaged, (await readFile(archive)).subarray(0, length));
    await expect(unzip(damaged, (name) => path.join(folder, name))).rejects.toThrow(damaged);
  });
});
