import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { makeFolder } from '../library/support/test-library.ts';
import { expectAcknowledged } from './support/acknowledged.ts';
import { counts, tell } from './support/counts.ts';

const rounds = counts(60, 1000);
const child = fileURLToPath(new URL('./support/editing-child.ts', import.meta.url));

/** Starts a process that works on a project, and kills it while it does. @returns what it acknowledged */
async function workUntilKilled(folder: string, round: number): Promise<readonly string[]> {
  const worker = spawn(process.execPath, ['--import', 'tsx', child, folder, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // A different number of acts and a different moment within the next one, each time.
  const killAfter = 1 + ((round * 7) % 41);
  let output = '';
  worker.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length <= killAfter) return;
    setTimeout(() => worker.kill('SIGKILL'), round % 9);
  });
  const [, signal] = (await once(worker, 'close')) as [number | null, string | null];
  expect(signal, 'it was killed, and did not end by itself').toBe('SIGKILL');
  return output.split('\n').slice(0, -1);
}

it('loses no acknowledged edit, and none by half, when it is killed', async (context) => {
  const folder = makeFolder();
  const path = join(folder, 'project', 'project.sqlite');
  const imported: string[] = [];
  let edits = 0;
  for (let round = 0; round < rounds; round++) {
    const lines = await workUntilKilled(folder, round);
    const edited = lines.filter((line) => line.startsWith('edited ')).map((line) => line.slice(7));
    imported.push(
      ...lines.filter((line) => line.startsWith('imported ')).map((line) => line.slice(9)),
    );
    edits += edited.length;

    await expectAcknowledged(path, { edit: edited.at(-1), imports: imported });
  }
  expect(edits).toBeGreaterThan(rounds);
  tell(
    context,
    `${rounds} kills, ${edits} edits and ${imported.length} imports acknowledged, none lost`,
  );
}, 3_600_000);
