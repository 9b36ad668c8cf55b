import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { exists } from '../setup/cache.mjs';
import { hasDisplay } from '../setup/display.mjs';
import { electron, electronRuntime } from '../setup/electron.mjs';
import { engine, engineState } from '../setup/engine.mjs';
import { libraries } from '../setup/libraries.mjs';
import { packages } from '../setup/packages.mjs';
import { root, workDir } from '../setup/paths.mjs';
import { say, SetupError } from '../setup/report.mjs';
import { passThrough } from '../setup/run.mjs';
import { ensure } from '../setup/steps.mjs';
import { build } from './build.mjs';
import { check } from './check.mjs';
import { countTests, lastLine, sum } from './counts.mjs';

const vitestProgram = path.join(root, 'node_modules/vitest/vitest.mjs');
const virtualDisplay = ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24'];

/** `npm test`: everything. Its last line counts the tests of all runs. */
export async function run() {
  await ensure([packages, engine, electron, libraries]);
  const runtime = await electronRuntime();
  const origin = runtime.source === 'official' ? '' : ' (out of an npm package)';
  const used = `Electron ${runtime.version}${origin}, ${await engineInWords()}`;
  say(used);
  const good = await check();
  const runs = [
    await vitest('unit', [process.execPath], ['--project=unit']),
    await engineInElectron(runtime.path),
    await endToEnd(),
  ];
  const total = sum(runs);
  process.stdout.write(`\n${used}\ncheck: ${good ? 'good' : 'not good'}\n${lastLine(total)}\n`);
  return good && total.failed === 0 && total.passed > 0 ? 0 : 1;
}

async function engineInWords() {
  const state = await engineState();
  if (process.env['UNDERTONE_ENGINE'] === 'portable') return 'portable engine (as asked)';
  if (state?.engine === 'native') return `native engine (TensorFlow ${state.tensorflow})`;
  return `portable engine (${state?.reason ?? 'not set up'})`;
}

/**
 * The engine lives in Electron's own Node in the app, which is not the Node that runs the other tests.
 *
 * @param {string} binary
 */
function engineInElectron(binary) {
  return vitest('engine in Electron', [binary], ['--project=unit', 'test/engine'], {
    ELECTRON_RUN_AS_NODE: '1',
  });
}

/** The built app in the real Electron, on a virtual display where there is no other. */
async function endToEnd() {
  try {
    await build();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`${error.output}\n${error.message}`);
    return countTests(undefined, 1);
  }
  const display = hasDisplay() ? [] : virtualDisplay;
  return vitest('e2e', [...display, process.execPath], ['--project=e2e']);
}

/**
 * @param {string} name
 * @param {readonly string[]} node how to start Node
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [env]
 */
async function vitest(name, node, args, env = {}) {
  say(`\nTests: ${name}`);
  const file = path.join(workDir, 'test-reports', `${name.replaceAll(' ', '-')}.json`);
  await rm(file, { force: true });
  const [command = '', ...first] = node;
  const status = await passThrough(
    command,
    [
      ...[...first, vitestProgram, 'run', ...args],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    ],
    { cwd: root, env: { ...process.env, ...env } },
  );
  const report = (await exists(file)) ? JSON.parse(await readFile(file, 'utf8')) : undefined;
  return countTests(report, status);
}
