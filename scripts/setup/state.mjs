import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exists } from './cache.mjs';
import { stateDir } from './paths.mjs';

/**
 * What a step of set-up wrote down for later runs, for `doctor` and for the tests.
 *
 * @template T
 * @param {string} name
 * @returns {Promise<T | undefined>}
 */
export async function readState(name) {
  const file = path.join(stateDir, `${name}.json`);
  if (!(await exists(file))) return undefined;
  return /** @type {T} */ (JSON.parse(await readFile(file, 'utf8')));
}

/**
 * @template T
 * @param {string} name
 * @param {T} value
 */
export async function writeState(name, value) {
  await mkdir(stateDir, { recursive: true });
  const file = path.join(stateDir, `${name}.json`);
  // Renamed into place: another command may read it right now.
  await writeFile(`${file}.${process.pid}`, `${JSON.stringify(value, undefined, 2)}\n`);
  await rename(`${file}.${process.pid}`, file);
}
