import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectDatabase } from '#library/database/connection.ts';
import { readReport } from '#library/recovery/recover.ts';
import {
  countContent,
  damageIndex,
  fill,
  listBackups,
  makeBackup,
  makeProject,
  pageBytes,
} from '../support/filled-project.ts';
import { openTestLibrary } from '../support/test-library.ts';

/** A page, counted from 0, that holds segments and nothing else. */
function segmentPage(path: string): number {
  const database = connectDatabase(path, { readOnly: true });
  const page = database.value(
    `SELECT pageno FROM dbstat WHERE name = 'segment' AND pagetype = 'leaf' ORDER BY pageno LIMIT 1 OFFSET 3`,
  );
  database.close();
  return Number(page) - 1;
}

describe('a damaged project', () => {
  it('with one bad page opens with all that is on the others, and keeps the damaged file', async () => {
    const project = await makeProject();
    fill(project.path, segmentPage(project.path), 0xab);
    const damaged = readFileSync(project.path);

    const library = await openTestLibrary(project.folder);
    const content = await countContent(library);
    expect(content.recordings).toBe(60);
    expect(content.segments).toBeGreaterThanOrEqual(0.95 * 3000);
    expect(content.segments).toBeLessThan(3000);

    const report = await readReport(project.folder);
    expect(report).toMatchObject({ used: 'salvage', recordings: 60, segments: content.segments });
    expect(report?.lost).toBeGreaterThanOrEqual(3000 - content.segments);
    expect(readFileSync(join(project.folder, report?.keptAs ?? ''))).toEqual(damaged);
  });

  it('of which SQLite notices nothing is read all the same: a bit of what is only told', async () => {
    const project = await makeProject();
    const database = connectDatabase(project.path, { readOnly: false });
    // As a flipped bit leaves it: the comma of a list is another character.
    database.exec(
      `UPDATE segment SET probabilities = replace(probabilities, ',', '<') WHERE id = 7`,
    );
    database.exec(`UPDATE label_set SET labels = replace(labels, ']', '}')`);
    database.exec(`UPDATE analysis SET ribbon = substr(ribbon, 2) WHERE recording_id = 1`);
    database.close();
    const library = await openTestLibrary(project.folder);
    expect(await countContent(library)).toEqual({ recordings: 60, segments: 3000 });
    expect(library.bugs).toEqual([]);
  });

  it('whose index alone is damaged loses nothing', async () => {
    const project = await makeProject();
    damageIndex(project.path);
    const library = await openTestLibrary(project.folder);
    expect(await countContent(library)).toEqual({ recordings: 60, segments: 3000 });
    expect(await readReport(project.folder)).toMatchObject({
      used: 'salvage',
      lost: 0,
      historyLost: false,
    });
  });

  it('in which an entry refers to another that is not there shows all the others', async () => {
    const project = await makeProject();
    const database = connectDatabase(project.path, { readOnly: false });
    // As a flipped bit in a number leaves it.
    database.exec('PRAGMA foreign_keys = OFF');
    database.exec('UPDATE analysis SET label_set_id = 5 WHERE recording_id = 7');
    database.close();
    const library = await openTestLibrary(project.folder);
    expect(await countContent(library)).toEqual({ recordings: 60, segments: 3000 });
    expect(await readReport(project.folder)).toMatchObject({ used: 'salvage', lost: 1 });
  });

  it('that is damaged while it is open says so, and is whole the next time', async () => {
    const project = await makeProject();
    const first = await openTestLibrary(project.folder);
    const recordingId = damageIndex(project.path);
    await expect(first.page.call('segments.list', { recordingId })).rejects.toMatchObject({
      code: 'project-damaged',
      message:
        'The project that is open is damaged: an entry of its database has no tier that can be read.',
    });
    await first.library.close();
    const second = await openTestLibrary(project.folder);
    expect(await countContent(second)).toEqual({ recordings: 60, segments: 3000 });
  });

  it('opens the next time as any other', async () => {
    const project = await makeProject();
    fill(project.path, segmentPage(project.path), 0);
    const first = await openTestLibrary(project.folder);
    const before = await countContent(first);
    await first.library.close();
    const names = readdirSync(project.folder);
    const second = await openTestLibrary(project.folder);
    expect(await countContent(second)).toEqual(before);
    expect(readdirSync(project.folder).filter((name) => name.includes('damaged'))).toEqual(
      names.filter((name) => name.includes('damaged')),
    );
  });

  it('of which nothing can be read takes the newest good backup', async () => {
    const project = await makeProject();
    await makeBackup(project);
    writeFileSync(project.path, 'nonsense'.repeat(1000));
    const library = await openTestLibrary(project.folder);
    expect(await countContent(library)).toEqual({ recordings: 60, segments: 3000 });
    expect(await readReport(project.folder)).toMatchObject({ used: 'backup', recordings: 60 });
  });

  it('passes over a backup that has become bad itself', async () => {
    const project = await makeProject();
    await makeBackup(project);
    const [backup = ''] = listBackups(project.backups);
    const good = join(project.backups, backup);
    const newer = good.replace(/\d{4}-/u, '2199-');
    copyFileSync(good, newer);
    truncateSync(newer, 40_000);
    truncateSync(project.path, 100);
    const library = await openTestLibrary(project.folder);
    expect(await countContent(library)).toEqual({ recordings: 60, segments: 3000 });
    expect(existsSync(newer)).toBe(true);
  });

  it('without anything to save says so instead of passing for a new one', async () => {
    const project = await makeProject();
    rmSync(project.backups, { recursive: true, force: true });
    writeFileSync(project.path, '');
    const library = await openTestLibrary(project.folder);
    expect(await countContent(library)).toEqual({ recordings: 0, segments: 0 });
    expect(await readReport(project.folder)).toMatchObject({ used: 'nothing' });
  });

  it('whose journal alone is left keeps that, and takes the newest good backup', async () => {
    const project = await makeProject();
    await makeBackup(project);
    rmSync(project.path);
    writeFileSync(`${project.path}-wal`, 'what was written last');
    const library = await openTestLibrary(project.folder);
    expect(await countContent(library)).toEqual({ recordings: 60, segments: 3000 });
    const kept = readdirSync(project.folder).find(
      (name) => name.endsWith('.sqlite-wal') && name.includes('damaged'),
    );
    expect(readFileSync(join(project.folder, kept ?? ''), 'utf8')).toBe('what was written last');
  });

  it('of a newer version is left to that version', async () => {
    const project = await makeProject();
    const page = segmentPage(project.path);
    const database = connectDatabase(project.path, { readOnly: false });
    database.exec('PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    fill(project.path, page, 0xab);
    const before = readFileSync(project.path);
    await expect(openTestLibrary(project.folder)).rejects.toMatchObject({ code: 'project-newer' });
    expect(readFileSync(project.path)).toEqual(before);
  });

  it('opens whatever page is lost, with what the others hold or the backup', async () => {
    const project = await makeProject();
    await makeBackup(project);
    const whole = readFileSync(project.path);
    const pages = whole.length / pageBytes;
    // Every page of the small file would take minutes; these reach every table and the root of each.
    for (let page = 0; page < pages; page += page < 30 ? 3 : 41) {
      writeFileSync(project.path, whole);
      fill(project.path, page, 0xff);
      for (const suffix of ['-wal', '-shm']) rmSync(project.path + suffix, { force: true });
      const library = await openTestLibrary(project.folder);
      const { segments } = await countContent(library);
      expect(segments, `page ${String(page)} of ${String(pages)}`).toBeGreaterThan(0.95 * 3000);
      await library.library.close();
    }
  });
});
