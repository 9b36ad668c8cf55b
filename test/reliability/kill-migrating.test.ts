import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { connectDatabase } from '#library/database/connection.ts';
import { fingerprint } from '#library/database/fingerprint.ts';
import { allMigrations } from '#library/database/migrations/all.ts';
import type { Migration } from '#library/database/migrations/migration.ts';
import { openDatabase } from '#library/database/open.ts';
import { makeFolder } from '../library/support/test-library.ts';
import { bundleScript } from '../support/bundle-script.ts';
import { counts, tell } from './support/counts.ts';

const child = await bundleScript('test/reliability/support/migrating-child.ts');
const fixtures = fileURLToPath(new URL('../library/database/fixtures/', import.meta.url));
const projects = readdirSync(fixtures).filter((name) => name.endsWith('.sqlite'));
const kills = counts(20, 100);

/** Schema and content, row by row. */
async function content(path: string): Promise<string> {
  const look = connectDatabase(path, { readOnly: true });
  try {
    expect(look.value('PRAGMA integrity_check')).toBe('ok');
    expect(look.value('PRAGMA foreign_key_check')).toBeUndefined();
    const schema = look.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all();
    return JSON.stringify([schema, (await fingerprint(look)).sha256]);
  } finally {
    look.close();
  }
}

async function migrate(path: string, migrations: readonly Migration[]): Promise<void> {
  (await openDatabase(path, { migrations, mustHoldContent: true })).close();
}

/** The statements of a migration; none of ours has a semicolon inside of one. */
function statementsOf({ sql }: Migration): readonly string[] {
  return sql
    .replace(/--.*$/gmu, '')
    .split(';')
    .filter((statement) => statement.trim() !== '');
}

describe.each(projects)('%s', (name) => {
  const original = join(fixtures, name);

  it('fails at any statement of its migration as if that had not begun, and goes on the next time', async (context) => {
    const folder = makeFolder();
    const whole = join(folder, 'whole.sqlite');
    copyFileSync(original, whole);
    await migrate(whole, allMigrations);
    const wanted = await content(whole);
    const from = Number(/v(\d+)/u.exec(name)?.[1]);
    let failures = 0;
    for (const migration of allMigrations.filter(({ version }) => version > from)) {
      const statements = statementsOf(migration);
      for (let done = 0; done <= statements.length; done += 1) {
        const path = join(folder, `${migration.version}-${done}.sqlite`);
        copyFileSync(original, path);
        const sql = [...statements.slice(0, done), 'INSERT INTO no_such_table VALUES (1)'].join(
          ';',
        );
        const failing = { ...migration, sql };
        const before = allMigrations.filter(({ version }) => version < migration.version);
        await expect(migrate(path, [...before, failing])).rejects.toThrow('no_such_table');
        const look = connectDatabase(path, { readOnly: true });
        expect(look.value('PRAGMA user_version')).toBe(migration.version - 1);
        look.close();
        await migrate(path, allMigrations);
        expect(await content(path)).toBe(wanted);
        failures += 1;
      }
    }
    tell(context, `${name}: an error at each of ${failures} statements`);
  });

  it('is whole after a kill at any moment of its migration, and converges', async (context) => {
    const folder = makeFolder();
    const path = join(folder, 'project.sqlite');
    copyFileSync(original, path);
    await migrate(path, allMigrations);
    const wanted = await content(path);
    let interrupted = 0;
    for (let round = 0; round < kills; round += 1) {
      for (const file of readdirSync(folder)) rmSync(join(folder, file));
      copyFileSync(original, path);
      const worker = spawn(process.execPath, [child, path], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(worker.stdout, 'data');
      setTimeout(() => worker.kill('SIGKILL'), (round * 7) % 29);
      const [, signal] = (await once(worker, 'close')) as [number | null, string | null];
      if (signal === 'SIGKILL') interrupted += 1;
      await migrate(path, allMigrations);
      expect(await content(path)).toBe(wanted);
    }
    expect(interrupted).toBeGreaterThan(0);
    tell(context, `${name}: ${interrupted} kills while it was migrated`);
  });
});
