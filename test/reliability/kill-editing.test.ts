import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from '../library/support/test-library.ts';
import { bundleScript } from '../support/bundle-script.ts';
import { expectAcknowledged } from './support/acknowledged.ts';
import { counts, tell } from './support/counts.ts';
import { runUntilKilled } from './support/run-until-killed.ts';

const rounds = counts(500, 5000);
/** Kills of one project; with the next, a round does not take longer the more there were. */
const roundsAProject = 50;
const child = await bundleScript('test/reliability/support/editing-child.ts');

/** @returns what followed this word, line by line */
function said(lines: readonly string[], word: 'edited' | 'imported'): readonly string[] {
  return lines.filter((line) => line.startsWith(word)).map((line) => line.slice(word.length + 1));
}

it('loses no acknowledged edit, and none by half, when it is killed', async (context) => {
  let folder = '';
  let inProject: string[] = [];
  let [edits, imports] = [0, 0];
  for (let round = 0; round < rounds; round += 1) {
    if (round % roundsAProject === 0) [folder, inProject] = [makeFolder(), []];
    // A different number of acts and a different moment within the next one, each time.
    const moment = { lines: 1 + ((round * 7) % 23), later: round % 9 };
    const lines = await runUntilKilled(child, [folder, String(round)], moment);
    const [edited, imported] = [said(lines, 'edited'), said(lines, 'imported')];
    inProject.push(...imported);
    edits += edited.length;
    imports += imported.length;

    await expectAcknowledged(join(folder, 'project', 'project.sqlite'), {
      edit: edited.at(-1),
      imports: inProject,
    });
  }
  expect(edits).toBeGreaterThan(rounds);
  tell(context, `${rounds} kills, ${edits} edits and ${imports} imports acknowledged, none lost`);
});
