import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { exists } from '../setup/cache.mjs';
import { hasDisplay } from '../setup/display.mjs';
import { root, workDir } from '../setup/paths.mjs';
import { say, SetupError } from '../setup/report.mjs';
import { passThrough } from '../setup/run.mjs';
import { build } from './build.mjs';
import { countTests, retried } from './counts.mjs';

/** @import { Counts } from './counts.mjs' */

const program = path.join(root, 'node_modules/vitest/vitest.mjs');
export const virtualDisplay = ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24'];

/** Where the reports of runs are kept, for what is written about them. */
export const reportsFolder = path.join(workDir, 'test-reports');

/**
 * Runs tests and counts them; vitest's report goes to `<name>.json` in the folder of reports.
 *
 * @param {string} name
 * @param {readonly string[]} node how to start Node
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [env]
 * @returns {Promise<Counts>}
 */
export async function runVitest(name, node, args, env = {}) {
  say(`\nTests: ${name}`);
  const file = path.join(reportsFolder, `${name.replaceAll(' ', '-')}.json`);
  await rm(file, { force: true });
  const [command = '', ...first] = node;
  const status = await passThrough(
    command,
    [
      ...[...first, program, 'run', ...args],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    ],
    { cwd: root, env: { ...process.env, ...env } },
  );
  const report = (await exists(file)) ? JSON.parse(await readFile(file, 'utf8')) : undefined;
  for (const test of retried(report)) say(`Passed only when tried again: ${test}`);
  return countTests(report, status);
}

/**
 * Like `runVitest`, for tests that drive the built app: in the real Electron, on a virtual display where there
 * is no other. An app that cannot be built is one failure.
 *
 * @param {string} name
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [env]
 * @returns {Promise<Counts>}
 */
export async function runVitestOnApp(name, args, env) {
  try {
    await build();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`${error.output}\n${error.message}`);
    return countTests(undefined, 1);
  }
  const display = hasDisplay() ? [] : virtualDisplay;
  return runVitest(name, [...display, process.execPath], args, env);
}
