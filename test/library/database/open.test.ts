import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it } from 'vitest';
import { connectDatabase, type Database } from '#library/database/connection.ts';
import { createJournal } from '#library/database/journal/journal.ts';
import { allMigrations } from '#library/database/migrations/all.ts';
import type { Migration } from '#library/database/migrations/migration.ts';
import { openDatabase } from '#library/database/open.ts';
import { makeFolder } from '../support/test-library.ts';

const newest = { migrations: allMigrations, mustHoldContent: false };

function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Node gives access to this only under a flag, which may also be set while it runs. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  await new Promise(setImmediate);
  collect();
}

/** A project of a later version, its last changes still in the journal, as a killed process leaves it. */
async function makeNewer(folder: string): Promise<string> {
  const working = join(folder, 'working.sqlite');
  const database = await openDatabase(working, newest);
  database.exec('PRAGMA user_version = 99');
  const path = join(folder, 'project.sqlite');
  copyFileSync(working, path);
  copyFileSync(`${working}-wal`, `${path}-wal`);
  database.close();
  return path;
}

async function addRecording(path: string): Promise<void> {
  const database = await openDatabase(path, newest);
  database.exec(`INSERT INTO recording (path, name, added_at) VALUES ('/a.wav', 'a.wav', '2026')`);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

describe('opening a database', () => {
  it('makes it safe to keep work in', async () => {
    const database = await openDatabase(join(makeFolder(), 'project.sqlite'), newest);
    const read = (pragma: string): unknown => database.value(`PRAGMA ${pragma}`);
    expect(
      Object.fromEntries(
        [
          'journal_mode',
          'synchronous',
          'foreign_keys',
          'busy_timeout',
          'trusted_schema',
          'cell_size_check',
          'secure_delete',
          'mmap_size',
          'fullfsync',
        ].map((pragma) => [pragma, read(pragma)]),
      ),
    ).toEqual({
      journal_mode: 'wal',
      synchronous: 2,
      foreign_keys: 1,
      busy_timeout: 5000,
      trusted_schema: 0,
      cell_size_check: 1,
      secure_delete: 1,
      mmap_size: 0,
      fullfsync: 1,
    });
    database.close();
  });

  it('is done with a SQLite that does not lose commits', () => {
    const database = connectDatabase(':memory:', { readOnly: false });
    const [major = 0, minor = 0, patch = 0] = String(database.value('SELECT sqlite_version()'))
      .split('.')
      .map(Number);
    expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(3_051_003);
    database.close();
  });

  it('makes the newest schema, in which every table is strict', async () => {
    const database = await openDatabase(join(makeFolder(), 'project.sqlite'), newest);
    const schema = database
      .prepare(`SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name`)
      .all()
      .map((row) => String(row['sql']).replaceAll(/^ {4}/gmu, ''));
    await expect(`${schema.join(';\n\n')};\n`).toMatchFileSnapshot('./schema.sql');
    const lax = database
      .prepare(`SELECT name FROM pragma_table_list WHERE NOT strict AND name NOT LIKE 'sqlite_%'`)
      .all();
    expect(lax).toEqual([]);
    database.close();
  });

  it('takes back a change that was interrupted before it was in WAL', async () => {
    const folder = makeFolder();
    const working = join(folder, 'working.sqlite');
    copyFileSync(join(import.meta.dirname, 'fixtures', 'project-v9.sqlite'), working);
    const writer = connectDatabase(working, { readOnly: false });
    // So little memory that it writes into the file before it is done.
    writer.exec(
      `PRAGMA cache_size = 1; BEGIN; UPDATE recording SET name = 'half'; DELETE FROM tier`,
    );
    const path = join(folder, 'project.sqlite');
    copyFileSync(working, path);
    copyFileSync(`${working}-journal`, `${path}-journal`);
    writer.exec('ROLLBACK');
    writer.close();
    const database = await openDatabase(path, { ...newest, mustHoldContent: true });
    const names = database.prepare('SELECT name FROM recording ORDER BY id').all();
    expect(names).toEqual([{ name: 'a.wav' }, { name: 'b.mp3' }]);
    expect(existsSync(`${path}-journal`)).toBe(false);
    database.close();
  });

  it('waits for another process that is just done with it', async () => {
    const folder = makeFolder();
    const working = join(folder, 'working.sqlite');
    await addRecording(working);
    const path = join(folder, 'project.sqlite');
    copyFileSync(working, path);
    // Has it for itself, as whoever closes it last does while the journal goes into it.
    const code = `
      const { DatabaseSync } = require('@photostructure/sqlite');
      const { parentPort, workerData } = require('node:worker_threads');
      const database = new DatabaseSync(workerData);
      database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
      parentPort.postMessage('has it');
      setTimeout(() => { database.exec('ROLLBACK'); database.close(); }, 300);`;
    const other = new Worker(code, { eval: true, workerData: path });
    await once(other, 'message');
    const database = await openDatabase(path, newest);
    expect(database.value('SELECT count(*) FROM recording')).toBe(1);
    database.close();
    await once(other, 'exit');
  });

  it('opens a project of every version that was ever shipped', async () => {
    const fixtures = join(import.meta.dirname, 'fixtures');
    for (const name of readdirSync(fixtures).filter((file) => file.endsWith('.sqlite'))) {
      const path = join(makeFolder(), 'project.sqlite');
      copyFileSync(join(fixtures, name), path);
      const database = await openDatabase(path, { ...newest, mustHoldContent: true });
      expect(database.value('SELECT count(*) FROM recording'), name).toBe(2);
      expect(database.value(`SELECT count(*) FROM segment WHERE tier = 'model'`), name).toBe(6);
      expect(database.value('PRAGMA user_version'), name).toBe(allMigrations.at(-1)?.version);
      database.close();
    }
  });
});

describe('a project in which a person has worked', () => {
  it('can be taken back to its beginning and forward again, whatever version wrote it', async () => {
    const fixtures = join(import.meta.dirname, 'fixtures');
    const names = readdirSync(fixtures).filter((file) => file.endsWith('.sqlite'));
    for (const name of names.filter((file) => file !== 'project-v1.sqlite')) {
      const path = join(makeFolder(), 'project.sqlite');
      copyFileSync(join(fixtures, name), path);
      const database = await openDatabase(path, { ...newest, mustHoldContent: true });
      const journal = createJournal(database);
      const own = (): unknown =>
        database.prepare(`SELECT label, note FROM segment WHERE tier <> 'model'`).all();
      expect(journal.redo()?.words, name).toBe('Deleted a segment');
      expect(own()).toEqual([]);
      while (journal.undo());
      expect(own()).toEqual([]);
      expect(database.value('SELECT count(*) FROM label')).toBe(0);
      journal.goTo(3);
      expect(own()).toEqual([{ label: 'angry', note: 'shouts' }]);
      journal.goTo(4);
      expect(own()).toEqual([{ label: 'angry', note: '' }]);
      expect(database.value('SELECT name FROM label')).toBe('amused');
      database.close();
    }
  });
});

describe('a database that cannot be opened', () => {
  async function expectRefusal(path: string, code: string, options = newest): Promise<void> {
    const before = digest(path);
    await expect(openDatabase(path, options)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(path) as string,
    });
    expect(digest(path)).toBe(before);
  }

  it('because it is of a newer version is left as it is, byte for byte', async () => {
    const path = await makeNewer(makeFolder());
    const journal = digest(`${path}-wal`);
    const before = digest(path);
    await expectRefusal(path, 'project-newer');
    // Statements hold the file open until they are collected, and its last closing is what would write.
    await collectGarbage();
    expect(digest(path)).toBe(before);
    expect(digest(`${path}-wal`)).toBe(journal);
  });

  it.each([
    [
      'text',
      (path: string) => {
        writeFileSync(path, 'hello '.repeat(2000));
      },
    ],
    [
      'zeros',
      (path: string) => {
        writeFileSync(path, Buffer.alloc(8192));
      },
    ],
    [
      'cut off',
      (path: string) => {
        truncateSync(path, 20_000);
      },
    ],
    [
      'overwritten in its middle',
      (path: string) => {
        const bytes = readFileSync(path);
        bytes.fill(0xab, 8192, 16_384);
        writeFileSync(path, bytes);
      },
    ],
  ])('because it is %s is left as it is, byte for byte', async (_, damage) => {
    const path = join(makeFolder(), 'project.sqlite');
    await addRecording(path);
    damage(path);
    await expectRefusal(path, 'project-damaged');
  });

  it('because another program made it is left as it is', async () => {
    const path = join(makeFolder(), 'project.sqlite');
    const foreign = new DatabaseSync(path);
    foreign.exec('CREATE TABLE photo (id INTEGER PRIMARY KEY); PRAGMA user_version = 1');
    foreign.close();
    await expectRefusal(path, 'project-invalid');
  });

  it('because it lost its content is not taken for a new one', async () => {
    const path = join(makeFolder(), 'project.sqlite');
    writeFileSync(path, '');
    await expectRefusal(path, 'project-damaged', { ...newest, mustHoldContent: true });
  });

  it('because only its journal is left keeps that', async () => {
    const folder = makeFolder();
    const path = join(folder, 'project.sqlite');
    writeFileSync(`${path}-wal`, 'what was written last');
    await expect(openDatabase(path, newest)).rejects.toMatchObject({ code: 'project-damaged' });
    expect(readdirSync(folder)).toEqual(['project.sqlite-wal']);
  });

  it('but is blank, as an interrupted creation leaves it, is made anew', async () => {
    const path = join(makeFolder(), 'project.sqlite');
    writeFileSync(path, '');
    const database = await openDatabase(path, newest);
    expect(database.value('PRAGMA user_version')).toBe(allMigrations.at(-1)?.version);
    database.close();
  });
});

describe('a transaction', () => {
  it('is done whole or not at all', async () => {
    const database = await openDatabase(join(makeFolder(), 'project.sqlite'), newest);
    const add = database.prepare(`INSERT INTO setting (key, value) VALUES (?, 'x')`);
    expect(() => {
      database.transaction(() => {
        add.run('one');
        add.run('one');
      });
    }).toThrow();
    expect(database.value('SELECT count(*) FROM setting')).toBe(0);
    database.transaction(() => add.run('one'));
    expect(database.value('SELECT count(*) FROM setting')).toBe(1);
    database.close();
  });
});

describe('migrating', () => {
  const next: Migration = {
    version: allMigrations.length + 1,
    sql: 'CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT',
  };
  const broken: Migration = {
    version: allMigrations.length + 2,
    sql: 'CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1)',
  };

  function countRecordings(database: Database): unknown {
    return database.value('SELECT count(*) FROM recording');
  }

  it('keeps what is there, and a checked copy of how it was', async () => {
    const path = join(makeFolder(), 'project.sqlite');
    await addRecording(path);
    const migrations = [...allMigrations, next];
    const database = await openDatabase(path, { ...newest, migrations });
    expect(database.value('PRAGMA user_version')).toBe(next.version);
    expect(countRecordings(database)).toBe(1);
    database.close();

    const copy = connectDatabase(`${path}.before-v${next.version}`, { readOnly: true });
    expect(copy.value('PRAGMA user_version')).toBe(next.version - 1);
    expect(countRecordings(copy)).toBe(1);
    copy.close();
    expect(existsSync(`${path}.before-v${next.version}.unchecked`)).toBe(false);
  });

  it('of a new project makes no copy', async () => {
    const folder = makeFolder();
    const database = await openDatabase(join(folder, 'project.sqlite'), newest);
    expect(readdirSync(folder).filter((name) => name.includes('before'))).toEqual([]);
    database.close();
  });

  it('that fails leaves the step before whole, and goes on from there the next time', async () => {
    const path = join(makeFolder(), 'project.sqlite');
    await addRecording(path);
    const failing = { ...newest, migrations: [...allMigrations, next, broken] };
    await expect(openDatabase(path, failing)).rejects.toThrow('nowhere');

    const mended: Migration = { ...broken, sql: 'CREATE TABLE extra (id INTEGER) STRICT' };
    const migrations = [...allMigrations, next, mended];
    const database = await openDatabase(path, { ...newest, migrations });
    expect(database.value('PRAGMA user_version')).toBe(broken.version);
    expect(database.value(`SELECT count(*) FROM sqlite_schema WHERE name = 'extra'`)).toBe(1);
    expect(countRecordings(database)).toBe(1);
    database.close();
  });
});

describe('the migrations', () => {
  it('are numbered without a gap', () => {
    expect(allMigrations.map(({ version }) => version)).toEqual(
      allMigrations.map((_, index) => index + 1),
    );
  });
});
