import path from 'node:path';
import { engine } from '../setup/engine.mjs';
import { packages } from '../setup/packages.mjs';
import { root } from '../setup/paths.mjs';
import { passThrough } from '../setup/run.mjs';
import { ensure } from '../setup/steps.mjs';

/** `npm run test:scale`: what takes too long for `npm test`; writes docs/scale/last-run.md. */
export async function run() {
  await ensure([packages, engine]);
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  return passThrough(process.execPath, [vitest, 'run', '--project=scale'], { cwd: root });
}
