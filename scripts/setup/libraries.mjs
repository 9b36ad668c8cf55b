import { hasDisplay } from './display.mjs';
import { electronRuntime } from './electron.mjs';
import { SetupError } from './report.mjs';
import { isOnPath, run } from './run.mjs';
import { installDebian } from './system-packages.mjs';

/** What Electron links to -> the Debian package that has it. */
const debianPackages = /** @type {Readonly<Record<string, string>>} */ ({
  'libasound.so.2': 'libasound2',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libcairo.so.2': 'libcairo2',
  'libcups.so.2': 'libcups2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libdrm.so.2': 'libdrm2',
  'libexpat.so.1': 'libexpat1',
  'libgbm.so.1': 'libgbm1',
  'libgio-2.0.so.0': 'libglib2.0-0',
  'libglib-2.0.so.0': 'libglib2.0-0',
  'libgobject-2.0.so.0': 'libglib2.0-0',
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnspr4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libsmime3.so': 'libnss3',
  'libudev.so.1': 'libudev1',
  'libX11.so.6': 'libx11-6',
  'libxcb.so.1': 'libxcb1',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libxkbcommon.so.0': 'libxkbcommon0',
  'libXrandr.so.2': 'libxrandr2',
});

/**
 * The system libraries of the Electron runtime, and a virtual display where there is no real one. Linux only.
 *
 * @type {import('./steps.mjs').Step}
 */
export const libraries = {
  async isDone() {
    if (process.platform !== 'linux') return true;
    return (await missing()).length === 0;
  },

  async work() {
    await installDebian(await missing());
    const left = await missing();
    if (left.length > 0) {
      throw new SetupError(`Electron still lacks ${left.join(', ')} after the installation.`);
    }
  },
};

/** @returns {Promise<readonly string[]>} Debian packages */
async function missing() {
  const [lacking, display] = await Promise.all([missingLibraries(), missingDisplay()]);
  return [...new Set([...lacking, ...display])].toSorted();
}

async function missingLibraries() {
  const { path } = await electronRuntime();
  const { stdout } = await run('ldd', [path]);
  return notFound(stdout).map((library) => debianPackages[library] ?? library);
}

async function missingDisplay() {
  if (hasDisplay()) return [];
  const [xvfb, xauth] = await Promise.all([isOnPath('xvfb-run'), isOnPath('xauth')]);
  return [...(xvfb ? [] : ['xvfb']), ...(xauth ? [] : ['xauth'])];
}

/**
 * @param {string} lddOutput
 * @returns {readonly string[]} names of libraries
 */
export function notFound(lddOutput) {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found$/gm)].flatMap(([, name]) => name ?? []);
}
