import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { connectDatabase } from '#library/database/connection.ts';
import { startStandInEngine } from '../library/support/stand-in-engine.ts';
import { makeFolder, openTestLibrary } from '../library/support/test-library.ts';
import { counts, tell } from './support/counts.ts';

const rounds = counts(50, 200);
const child = fileURLToPath(new URL('../library/support/importing-child.ts', import.meta.url));

/**
 * Starts a process that imports, and kills it while it does.
 *
 * @returns the paths whose import it had acknowledged
 */
async function importUntilKilled(folder: string, round: number): Promise<readonly string[]> {
  const process_ = spawn(process.execPath, ['--import', 'tsx', child, folder, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // A different number of imports and a different moment within the next one, each time.
  const killAfter = 1 + ((round * 7) % 13);
  let output = '';
  process_.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length <= killAfter) return;
    setTimeout(() => process_.kill('SIGKILL'), round % 5);
  });
  const [, signal] = (await once(process_, 'close')) as [number | null, string | null];
  expect(signal, 'it was killed, and did not end by itself').toBe('SIGKILL');
  return output.split('\n').slice(0, -1);
}

function expectSound(project: string): void {
  const database = connectDatabase(join(project, 'project.sqlite'), { readOnly: true });
  expect(database.value('PRAGMA integrity_check')).toBe('ok');
  expect(database.value('PRAGMA foreign_key_check')).toBeUndefined();
  database.close();
}

it('loses no acknowledged import when it is killed, and finishes them all afterwards', async (context) => {
  const folder = makeFolder();
  const project = join(folder, 'project');
  const acknowledged: string[] = [];
  for (let round = 0; round < rounds; round++) {
    acknowledged.push(...(await importUntilKilled(folder, round)));
    expectSound(project);
  }
  expect(acknowledged.length).toBeGreaterThan(rounds);

  const { page, setEngine, untilKind, bugs } = await openTestLibrary(project);
  const list = await page.call('recordings.list', {});
  const paths = list.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(acknowledged));
  expect(new Set(paths).size).toBe(paths.length);

  setEngine(startStandInEngine());
  for (const { id } of list) await untilKind(id, 'ready');
  for (const { id } of list) {
    expect(await page.call('segments.list', { recordingId: id })).toHaveLength(3);
  }
  // A track, peaks and a copy of the sound each, and nothing of what was interrupted.
  const cached = ['engine', 'tracks'].flatMap((name) => readdirSync(join(project, 'cache', name)));
  expect(cached).toHaveLength(3 * list.length);
  expect(bugs).toEqual([]);
  tell(context, `${rounds} kills, ${acknowledged.length} imports acknowledged, none lost`);
}, 3_600_000);
