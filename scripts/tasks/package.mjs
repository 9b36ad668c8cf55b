import { cp, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { electron, electronRuntime } from '../setup/electron.mjs';
import { engine } from '../setup/engine.mjs';
import { packages } from '../setup/packages.mjs';
import { root, workDir } from '../setup/paths.mjs';
import { say, step } from '../setup/report.mjs';
import { isOnPath, runOrFail } from '../setup/run.mjs';
import { ensure } from '../setup/steps.mjs';
import { build } from './build.mjs';

/** Where packages go. */
const output = path.join(root, 'dist');

/**
 * `npm run package`: the application for the system that this runs on. On Linux a folder that runs from anywhere
 * (`--folder-only` stops there) and a Debian package; a disk image on macOS, an installer on Windows.
 *
 * @param {readonly string[]} args
 */
export async function run(args) {
  await ensure([packages, engine, electron]);
  await build();
  const runtime = await cleanRuntime();
  await step('Application', () => buildApplication(runtime));
  if (process.platform !== 'linux') return 0;
  const folder = path.join(output, 'linux-unpacked');
  const { describeFolder } = await import('../../packaging/describe.mjs');
  if (await isOnPath('strip')) await step('Symbols left out', () => strip(folder));
  say(await describeFolder(folder));
  if (args.includes('--folder-only')) return 0;
  const { debianPackage } = await import('../../packaging/debian.mjs');
  const file = await step('Debian package', () => debianPackage(folder, runtime.version, output));
  say(`${file}: ${((await stat(file)).size / 1e6).toFixed(0)} MB`);
  return 0;
}

/**
 * A copy of the Electron in use without any application in it (the fallback runtime carries one that starts folders), and
 * without the mark of our set-up.
 *
 * @returns {Promise<{ version: string, folder: string }>}
 */
async function cleanRuntime() {
  const { path: binary, version } = await electronRuntime();
  const dist =
    process.platform === 'darwin' ? path.resolve(binary, '../../../..') : path.dirname(binary);
  const folder = path.join(workDir, 'package/electron');
  await rm(folder, { recursive: true, force: true });
  await cp(dist, folder, { recursive: true, verbatimSymlinks: true });
  for (const name of ['resources/app', 'resources/default_app.asar', '.complete.json']) {
    await rm(path.join(folder, name), { recursive: true, force: true });
  }
  return { version, folder };
}

/** @param {{ readonly version: string, readonly folder: string }} runtime */
async function buildApplication(runtime) {
  const { builderConfig } = await import('../../packaging/builder.mjs');
  const { build: buildPackage } = await import('electron-builder');
  await rm(path.join(output, 'linux-unpacked'), { recursive: true, force: true });
  await buildPackage({
    projectDir: root,
    publish: 'never',
    config: builderConfig({ ...runtime, output }),
  });
}

/**
 * TensorFlow's library carries 200 MB of names that nothing at run time reads.
 *
 * @param {string} folder
 */
async function strip(folder) {
  const library = 'node_modules/@tensorflow/tfjs-node/deps/lib/libtensorflow_cc.so.2';
  const file = path.join(folder, 'resources/app.asar.unpacked', library);
  await runOrFail('strip', ['--strip-unneeded', file], { sentence: `strip failed on ${file}.` });
}
