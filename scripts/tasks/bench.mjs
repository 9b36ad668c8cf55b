import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { engine } from '../setup/engine.mjs';
import { packages } from '../setup/packages.mjs';
import { root } from '../setup/paths.mjs';
import { passThrough } from '../setup/run.mjs';
import { ensure } from '../setup/steps.mjs';

/**
 * `npm run bench -- ARGS`: what is fast, beside its peers.
 *
 * @param {readonly string[]} args
 */
export async function run(args) {
  await ensure([packages, engine]);
  const tsx = pathToFileURL(path.join(root, 'node_modules/tsx/dist/loader.mjs')).href;
  const entry = path.join(root, 'bench/index.ts');
  return passThrough(process.execPath, ['--import', tsx, entry, ...args], { cwd: root });
}
