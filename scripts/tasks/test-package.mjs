import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hasDisplay } from '../setup/display.mjs';
import { libraries } from '../setup/libraries.mjs';
import { root } from '../setup/paths.mjs';
import { say } from '../setup/report.mjs';
import { isOnPath, passThrough, run as runProgram } from '../setup/run.mjs';
import { ensure } from '../setup/steps.mjs';
import { run as makePackage } from './package.mjs';
import { virtualDisplay } from './run-vitest.mjs';

/**
 * `npm run test:package`: packages the application for Linux, moves it to where there is no checkout, and starts
 * it on a machine without network.
 */
export async function run() {
  if (process.platform !== 'linux') {
    say('Only the Linux package has a test.');
    return 0;
  }
  await ensure([libraries]);
  const status = await makePackage(['--folder-only']);
  if (status !== 0) return status;
  const away = await mkdtemp(path.join(tmpdir(), 'undertone-package-'));
  try {
    const folder = path.join(away, 'undertone');
    await move(path.join(root, 'dist/linux-unpacked'), folder);
    return await test(folder);
  } finally {
    await rm(away, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function test(folder) {
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const display = hasDisplay() ? [] : virtualDisplay;
  const command = [...display, process.execPath, vitest, 'run', '--project=packaged'];
  const [program = '', ...args] = [...(await withoutNetwork()), ...command];
  return passThrough(program, args, {
    cwd: root,
    env: { ...process.env, UNDERTONE_PACKAGED: folder },
  });
}

/**
 * A network of its own that has only the machine itself.
 *
 * @returns {Promise<readonly string[]>}
 */
async function withoutNetwork() {
  const shell = ['sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
  for (const command of [
    ['unshare', '--net'],
    ['unshare', '--map-root-user', '--net'],
  ]) {
    const [program = '', ...args] = [...command, ...shell];
    if ((await isOnPath(program)) && (await runProgram(program, [...args, 'true'])).status === 0) {
      return [program, ...args];
    }
  }
  say('This system lets nobody make a network namespace: the test of the network will say so.');
  return [];
}

/**
 * @param {string} from
 * @param {string} to
 */
async function move(from, to) {
  try {
    await rename(from, to);
  } catch (error) {
    // Another file system.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EXDEV') throw error;
    await cp(from, to, { recursive: true, verbatimSymlinks: true });
    await rm(from, { recursive: true });
  }
}
