import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** What set-up knows about this checkout. `npm ci` empties node_modules, and with it this folder: that is wanted. */
export const stateDir = path.join(root, 'node_modules/.undertone');

/** Throw-away files of the checkout: reports, locks, compiler caches. */
export const workDir = path.join(root, '.cache');

/**
 * The folder of the user's own cache where downloads outlive a checkout.
 *
 * @param {NodeJS.Platform} platform
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} home
 * @returns {string}
 */
export function cacheDir(platform = process.platform, env = process.env, home = homedir()) {
  const { join, isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
  const xdg = env['XDG_CACHE_HOME'];
  // The XDG specification: a relative path is invalid and to be ignored.
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'undertone');
  if (platform === 'darwin') return join(home, 'Library/Caches/undertone');
  if (platform === 'win32') {
    return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'undertone', 'cache');
  }
  return join(home, '.cache', 'undertone');
}
