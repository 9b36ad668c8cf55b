import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withWriteErrors } from '#files/file-errors.ts';
import { writeFileWhole } from '#files/write-whole.ts';
import { makeFolder } from '../library/support/test-library.ts';

describe('writeFileWhole', () => {
  it('writes all pieces in order, in place of what was there', async () => {
    const folder = makeFolder();
    const path = join(folder, 'a.csv');
    writeFileSync(path, 'a much longer content than the new one');
    await writeFileWhole(path, ['one ', Buffer.from('two '), 'drei ü']);
    expect(readFileSync(path, 'utf8')).toBe('one two drei ü');
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });

  it('leaves the old file and nothing else where it fails half-way', async () => {
    const folder = makeFolder();
    const path = join(folder, 'a.csv');
    writeFileSync(path, 'old');
    function* failing(): Generator<string> {
      yield 'new';
      throw new Error('no more rows');
    }
    await expect(writeFileWhole(path, failing())).rejects.toThrow('no more rows');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });

  it('says why a file cannot be written, and names it', async () => {
    const folder = makeFolder();
    const missing = join(folder, 'missing', 'a.csv');
    await expect(writeFileWhole(missing, ['x'])).rejects.toMatchObject({
      code: 'not-writable',
      message: expect.stringMatching(/missing.a\.csv.*its folder is missing/u) as string,
    });
    const isFolder = join(folder, 'folder');
    mkdirSync(isFolder);
    await expect(writeFileWhole(isFolder, ['x'])).rejects.toMatchObject({
      code: 'not-writable',
    });
    expect(readdirSync(folder)).toEqual(['folder']);
  });

  // Permissions do not bind the superuser.
  it.skipIf(process.getuid?.() === 0)('says so where permission is refused', async () => {
    const folder = makeFolder();
    chmodSync(folder, 0o500);
    await expect(writeFileWhole(join(folder, 'a.csv'), ['x'])).rejects.toMatchObject({
      code: 'not-writable',
      message: expect.stringContaining('permission was refused') as string,
    });
    chmodSync(folder, 0o700);
  });

  it('tells a full disk from other failures', async () => {
    const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
    const write = withWriteErrors('/disk/a.csv', () => Promise.reject(full));
    await expect(write).rejects.toMatchObject({ code: 'disk-full' });
  });
});
