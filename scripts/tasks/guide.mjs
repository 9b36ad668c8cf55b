import { electron } from '../setup/electron.mjs';
import { engine } from '../setup/engine.mjs';
import { libraries } from '../setup/libraries.mjs';
import { packages } from '../setup/packages.mjs';
import { ensure } from '../setup/steps.mjs';
import { runVitestOnApp } from './run-vitest.mjs';

/** `npm run guide`: the pictures of docs/GUIDE.md, taken of the application as it is. */
export async function run() {
  await ensure([packages, engine, electron, libraries]);
  const { passed, failed } = await runVitestOnApp('guide', ['--project=guide']);
  return failed === 0 && passed > 0 ? 0 : 1;
}
