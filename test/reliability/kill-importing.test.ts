import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connectDatabase } from '#library/database/connection.ts';
import { startStandInEngine } from '../library/support/stand-in-engine.ts';
import { makeFolder, openTestLibrary } from '../library/support/test-library.ts';
import { bundleScript } from '../support/bundle-script.ts';
import { counts, tell } from './support/counts.ts';
import { runUntilKilled } from './support/run-until-killed.ts';

const rounds = counts(50, 200);
const child = await bundleScript('test/library/support/importing-child.ts');

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
    // A different number of imports and a different moment within the next one, each time.
    const moment = { lines: 1 + ((round * 7) % 13), later: round % 5 };
    acknowledged.push(...(await runUntilKilled(child, [folder, String(round)], moment)));
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
