import { spawnSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { withLock } from '../../scripts/setup/lock.mjs';
import { temporaryFolder } from './temporary-folder.ts';

describe('withLock', () => {
  it('lets one work at a time, and leaves no file', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'setup.lock');
    const events: string[] = [];
    const work = async () => {
      events.push('begin');
      await sleep(20);
      events.push('end');
    };
    await Promise.all([withLock(file, work), withLock(file, work)]);
    expect(events).toEqual(['begin', 'end', 'begin', 'end']);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is given back when the work fails', async () => {
    const file = path.join(await temporaryFolder(), 'setup.lock');
    const failing = withLock(file, () => Promise.reject(new Error('no network')));
    await expect(failing).rejects.toThrow('no network');
    let done = false;
    await withLock(file, () => {
      done = true;
      return Promise.resolve();
    });
    expect(done).toBe(true);
  });

  it('takes over from a process that died', async () => {
    const file = path.join(await temporaryFolder(), 'setup.lock');
    await writeFile(file, String(spawnSync(process.execPath, ['-e', '']).pid));
    let done = false;
    await withLock(file, () => {
      done = true;
      return Promise.resolve();
    });
    expect(done).toBe(true);
  });
});
