import path from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../../scripts/setup/run.mjs';

const bootstrap = path.resolve(import.meta.dirname, '../../scripts/bootstrap.mjs');

it('names the tasks when asked for one that is not there', async () => {
  const { status, stdout, output } = await run(process.execPath, [bootstrap, 'strat']);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(output).toMatch(
    /^There is no task "strat"\. Tasks: (?:[\w-]+, )*start, (?:[\w-]+, )*test, .*\.\s*$/,
  );
});
