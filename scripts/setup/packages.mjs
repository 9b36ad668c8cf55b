import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { exists } from './cache.mjs';
import { root } from './paths.mjs';
import { SetupError, step } from './report.mjs';
import { npm } from './run.mjs';
import { readState, writeState } from './state.mjs';

const lockFile = path.join(root, 'package-lock.json');
/** npm's own note of what it installed. */
const installedFile = path.join(root, 'node_modules/.package-lock.json');

/**
 * The packages of package-lock.json.
 *
 * @type {import('./steps.mjs').Step}
 */
export const packages = {
  async isDone() {
    const text = await readFile(lockFile, 'utf8');
    /** @type {{ readonly lock: string } | undefined} */
    const stamp = await readState('packages');
    if (stamp?.lock === hash(text)) return true;
    if (!(await exists(installedFile))) return false;
    if (!fits(JSON.parse(text), JSON.parse(await readFile(installedFile, 'utf8')))) return false;
    await writeState('packages', { lock: hash(text) });
    return true;
  },

  async work() {
    await step('Packages: npm ci', async () => {
      const { status, output } = await npm(['ci', '--ignore-scripts'], { cwd: root });
      if (status !== 0) {
        throw new SetupError(
          'The packages could not be installed. Check the network (or the registry and proxy settings of npm) and try again.',
          output,
        );
      }
    });
    await writeState('packages', { lock: hash(await readFile(lockFile, 'utf8')) });
  },
};

/** @param {string} text */
function hash(text) {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * @typedef {object} Lock
 * @property {Readonly<Record<string, LockedPackage>>} packages
 */

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional] those of other systems, which npm leaves out
 */

/**
 * Whether what npm installed is what the lock file asks for. So a checkout whose owner ran `npm install PACKAGE`
 * is not emptied and installed a second time.
 *
 * @param {Lock} wanted
 * @param {Lock} installed
 * @returns {boolean}
 */
export function fits(wanted, installed) {
  if (Object.keys(installed.packages).some((folder) => !(folder in wanted.packages))) return false;
  return Object.entries(wanted.packages).every(([folder, want]) => {
    // The project itself.
    if (folder === '') return true;
    const have = installed.packages[folder];
    if (have === undefined) return want.optional === true;
    return have.version === want.version && have.integrity === want.integrity;
  });
}
