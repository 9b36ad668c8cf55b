import { electron, electronRuntime } from '../setup/electron.mjs';
import { engine, engineState } from '../setup/engine.mjs';
import { libraries } from '../setup/libraries.mjs';
import { packages } from '../setup/packages.mjs';
import { say } from '../setup/report.mjs';
import { ensure } from '../setup/steps.mjs';
import { check } from './check.mjs';
import { lastLine, sum } from './counts.mjs';
import { runVitest, runVitestOnApp } from './run-vitest.mjs';

/** @import { Counts } from './counts.mjs' */

/** `npm test`: everything that takes minutes. Its last line counts the tests of all runs. */
export async function run() {
  const { good, counts } = await runTests();
  process.stdout.write(`${lastLine(counts)}\n`);
  return good ? 0 : 1;
}

/** @returns {Promise<{ readonly good: boolean, readonly counts: Counts }>} */
export async function runTests() {
  await ensure([packages, engine, electron, libraries]);
  const runtime = await electronRuntime();
  const origin = runtime.source === 'official' ? '' : ' (out of an npm package)';
  const used = `Electron ${runtime.version}${origin}, ${await engineInWords()}`;
  say(used);
  const isChecked = await check();
  const counts = sum([
    await runVitest('unit', [process.execPath], ['--project=unit']),
    await engineInElectron(runtime.path),
    await runVitestOnApp('e2e', ['--project=e2e']),
  ]);
  process.stdout.write(`\n${used}\ncheck: ${isChecked ? 'good' : 'not good'}\n`);
  return { good: isChecked && counts.failed === 0 && counts.passed > 0, counts };
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
  return runVitest('engine in Electron', [binary], ['--project=engine-in-electron'], {
    ELECTRON_RUN_AS_NODE: '1',
  });
}
