import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isRoot } from './display.mjs';
import { say, SetupError } from './report.mjs';
import { isOnPath, run } from './run.mjs';

/**
 * Chromium refuses to start where it cannot lock its pages in: as root, and where the system lets no ordinary
 * program make a user namespace (Ubuntu since 23.10, some containers) and its helper is not installed.
 *
 * @param {string} binary of Electron
 * @returns {Promise<readonly string[]>} switches for it
 */
export async function sandboxSwitches(binary) {
  if (process.platform !== 'linux') return [];
  if (isRoot()) {
    say("You are root, and Chromium's sandbox does not work for root: starting with --no-sandbox.");
    return ['--no-sandbox'];
  }
  const helper = path.join(path.dirname(binary), 'chrome-sandbox');
  if ((await makesNamespaces()) || (await isSetuidRoot(helper))) return [];
  throw new SetupError(
    [
      "This system does not let Chromium make its sandbox. Give the sandbox's helper its rights once:",
      `  sudo chown root:root "${helper}" && sudo chmod 4755 "${helper}"`,
      'and try again.',
    ].join('\n'),
  );
}

async function makesNamespaces() {
  // Without the program nothing can be said; Chromium will say it.
  if (!(await isOnPath('unshare'))) return true;
  return (await run('unshare', ['--user', '--map-root-user', 'true'])).status === 0;
}

/** @param {string} file */
async function isSetuidRoot(file) {
  const { uid, mode } = await stat(file);
  return uid === 0 && (mode & 0o4000) !== 0;
}
