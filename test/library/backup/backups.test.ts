import { existsSync, readdirSync, truncateSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { openBackupFiles } from '#library/backup/backup-files.ts';
import { createBackups } from '#library/backup/backups.ts';
import { timesToKeep } from '#library/backup/rotation.ts';
import { connectDatabase, type Database } from '#library/database/connection.ts';
import { allMigrations } from '#library/database/migrations/all.ts';
import { openDatabase } from '#library/database/open.ts';
import { copyVerified, verify } from '#library/database/verified-copy.ts';
import { makeFolder } from '../support/test-library.ts';

const hour = 3_600_000;

async function openSome(): Promise<{ database: Database; path: string; folder: string }> {
  const folder = makeFolder();
  const path = join(folder, 'project.sqlite');
  const database = await openDatabase(path, { migrations: allMigrations, mustHoldContent: false });
  return { database, path, folder };
}

function note(database: Database, key: string): void {
  database.prepare('INSERT INTO setting (key, value) VALUES (?, ?)').run(key, 'x');
}

function keysOf(path: string): readonly string[] {
  const copy = connectDatabase(path, { readOnly: true });
  const keys = copy.prepare('SELECT key FROM setting ORDER BY rowid').all();
  copy.close();
  return keys.map(({ key }) => String(key));
}

describe('a copy', () => {
  it('made while it is written to holds what was there at one moment', async () => {
    const { database, path, folder } = await openSome();
    let written = 0;
    for (let round = 0; round < 20; round += 1) {
      const timer = setInterval(() => {
        note(database, String(written));
        written += 1;
      }, 1);
      const copy = join(folder, `copy-${String(round)}.sqlite`);
      await copyVerified(path, copy);
      clearInterval(timer);
      const keys = keysOf(copy);
      expect(keys).toEqual(Array.from({ length: keys.length }, (_, index) => String(index)));
    }
    expect(written).toBeGreaterThan(20);
    database.close();
  });

  it('of the file alone passes for good with SQLite, and is told apart by its content', async () => {
    const { database, path, folder } = await openSome();
    note(database, 'in the journal alone');
    const naive = join(folder, 'naive.sqlite');
    await copyFile(path, naive);
    const copy = connectDatabase(naive, { readOnly: true });
    expect(copy.value('PRAGMA integrity_check')).toBe('ok');
    copy.close();
    expect((await verify(naive)).sha256).not.toBe((await verify(path)).sha256);
    database.close();
  });

  it('that cannot be made leaves the one that was there', async () => {
    const { database, path, folder } = await openSome();
    note(database, 'one');
    const copy = join(folder, 'copy.sqlite');
    await copyVerified(path, copy);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    truncateSync(path, 20_000);
    await expect(copyVerified(path, copy)).rejects.toMatchObject({ code: 'project-damaged' });
    expect(keysOf(copy)).toEqual(['one']);
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });
});

describe('backups', () => {
  it('are made of what changed, and of nothing else', async () => {
    const { database, path, folder } = await openSome();
    const files = openBackupFiles(join(folder, 'backups'));
    await files.make(path, hour);
    note(database, 'one');
    await files.make(path, 2 * hour);
    await files.make(path, 3 * hour);
    const times = (await files.list()).map(({ time }) => time);
    expect(times).toEqual([2 * hour, hour]);
    database.close();
  });

  it('of a damaged database leave all others alone', async () => {
    const { database, path, folder } = await openSome();
    const files = openBackupFiles(join(folder, 'backups'));
    await files.make(path, hour);
    const before = await files.list();
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    truncateSync(path, 20_000);
    const backups = createBackups({
      files,
      databasePath: path,
      changes: () => 1,
      now: () => 30 * hour,
      onBug: () => undefined,
    });
    await backups.start();
    expect(backups.failure()).toMatchObject({ code: 'project-damaged' });
    expect(await files.list()).toEqual(before);
    await backups.stop();
  });

  it('that are stopped as soon as started look at nothing any more', async () => {
    const { database, path, folder } = await openSome();
    const backups = createBackups({
      files: openBackupFiles(join(folder, 'backups')),
      databasePath: path,
      changes: () => 1,
      now: () => hour,
      onBug: () => undefined,
    });
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const starting = backups.start();
    await backups.stop();
    await starting;
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    database.close();
  });

  it('that no longer hold what they held are refused', async () => {
    const { database, path, folder } = await openSome();
    const files = openBackupFiles(join(folder, 'backups'));
    const { id } = await files.make(path, hour);
    expect(existsSync(await files.check(id))).toBe(true);
    const changed = connectDatabase(join(folder, 'backups', id), { readOnly: false });
    note(changed, 'somebody was here');
    changed.close();
    await expect(files.check(id)).rejects.toMatchObject({ code: 'project-damaged' });
    await expect(files.check('../project.sqlite')).rejects.toMatchObject({ code: 'not-found' });
    database.close();
  });

  it('go when they are too many, the newest never', () => {
    const day = 24 * hour;
    const hourly = Array.from({ length: 24 * 60 }, (_, index) => index * hour);
    const kept = [...timesToKeep(hourly)].sort((a, b) => b - a);
    expect(kept.slice(0, 24)).toEqual(hourly.slice(-24).toReversed());
    expect(kept.length).toBeLessThanOrEqual(24 + 7 + 4);
    expect((kept[0] ?? 0) - (kept.at(-1) ?? 0)).toBeGreaterThan(14 * day);
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 400 * day })), (times) => {
        const keep = timesToKeep(times);
        expect(keep.size).toBeLessThanOrEqual(35);
        if (times.length > 0) expect(keep.has(Math.max(...times))).toBe(true);
        // Keeping is stable: what was kept once is not dropped by asking again.
        expect(timesToKeep([...keep])).toEqual(keep);
      }),
    );
  });
});
