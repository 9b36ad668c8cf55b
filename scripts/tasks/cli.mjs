import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { engine } from '../setup/engine.mjs';
import { packages } from '../setup/packages.mjs';
import { root } from '../setup/paths.mjs';
import { passThrough } from '../setup/run.mjs';
import { ensure } from '../setup/steps.mjs';

/**
 * `npm run --silent undertone -- ARGS`: the command line, in the folder the person is in.
 *
 * @param {readonly string[]} args
 */
export async function run(args) {
  await ensure([packages, engine]);
  const tsx = pathToFileURL(path.join(root, 'node_modules/tsx/dist/loader.mjs')).href;
  const entry = path.join(root, 'src/cli/index.ts');
  return passThrough(process.execPath, ['--import', tsx, entry, ...args], {
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
    // Else tsx takes the one of the folder the person is in.
    env: { ...process.env, TSX_TSCONFIG_PATH: path.join(root, 'tsconfig.json') },
  });
}
