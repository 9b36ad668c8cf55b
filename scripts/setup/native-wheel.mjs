import { copyFile, link, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { completeFolder, exists, verifiedDownload } from './cache.mjs';
import { cacheDir, root } from './paths.mjs';
import { SetupError, step } from './report.mjs';
import { run, runOrFail } from './run.mjs';
import { installDebian, requireTools } from './system-packages.mjs';
import { unzip } from './zip.mjs';

const version = '2.21.0';
const wheel = {
  file: `tensorflow_cpu-${version}-cp311-cp311-manylinux_2_27_x86_64.whl`,
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
};
const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
/** `tensorflow/c` and the folders of what its headers include. */
const headers =
  /^tensorflow\/include\/((?:tensorflow\/c|tensorflow\/core\/platform|tsl\/platform|xla\/tsl\/c)\/.*\.h)$/;

/** Inside tfjs-node: where it looks for its addon. */
const addon = 'lib/napi-v8/tfjs_binding.node';

const minute = 60_000;

/**
 * Builds tfjs-node's addon against the library inside TensorFlow's own Python wheel. tfjs-node's download of
 * libtensorflow answers 403 for many (tensorflow/tfjs#8742); the wheel comes from the package index and is newer.
 *
 * @param {string} packageDir of tfjs-node
 */
export async function buildOnWheel(packageDir) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `tfjs-node's own download of TensorFlow is not to be had, and the way around it exists for Linux x64 only (this is ${process.platform} ${process.arch}).`,
    );
  }
  await place(await unpackedWheel(), path.join(packageDir, 'deps'));
  const compiled = path.join(await compiledAddon(packageDir), addon);
  await mkdir(path.dirname(path.join(packageDir, addon)), { recursive: true });
  await copyFile(compiled, path.join(packageDir, addon));
}

/** @returns {Promise<string>} a folder of the user's cache with `lib` and `include` */
function unpackedWheel() {
  const folder = path.join(cacheDir(), `tensorflow-${version}-linux-x64`);
  return completeFolder(folder, async (target) => {
    await requirePip();
    await step(`Native engine: TensorFlow ${version} from its Python wheel (274 MB)`, () =>
      unpack(target),
    );
  });
}

async function requirePip() {
  await requireTools({ python3: 'python3' });
  const { status } = await run('python3', ['-m', 'pip', '--version']);
  if (status !== 0) await installDebian(['python3-pip']);
}

/** @param {string} target */
async function unpack(target) {
  const archive = await verifiedDownload({
    file: path.join(cacheDir(), wheel.file),
    algorithm: 'sha256',
    digest: wheel.sha256,
    fetch: downloadWheel,
  });
  await unzip(archive, (name) => {
    const library = libraries.find((file) => name === `tensorflow/${file}`);
    if (library !== undefined) return path.join(target, 'lib', library);
    const header = headers.exec(name)?.[1];
    return header === undefined ? undefined : path.join(target, 'include', header);
  });
  await rm(archive);
}

/** @param {string} folder */
async function downloadWheel(folder) {
  await runOrFail(
    'python3',
    [
      '-m',
      'pip',
      'download',
      '--disable-pip-version-check',
      '--no-deps',
      '--only-binary=:all:',
      // The wheel of one Python version, whichever runs here: only the libraries in it are used.
      '--python-version=3.11',
      '--no-cache-dir',
      `--dest=${folder}`,
      `tensorflow-cpu==${version}`,
    ],
    {
      timeout: 30 * minute,
      sentence:
        'pip could not download tensorflow-cpu. Check the network (or the index and proxy settings of pip).',
    },
  );
}

/**
 * Puts library and headers where binding.gyp looks for them.
 *
 * @param {string} source
 * @param {string} deps
 */
async function place(source, deps) {
  const lib = path.join(deps, 'lib');
  await rm(deps, { recursive: true, force: true });
  await mkdir(lib, { recursive: true });
  for (const file of libraries) {
    await linkOrCopy(path.join(source, 'lib', file), path.join(lib, file));
  }
  // The names the linker asks for; the addon then records the libraries' own.
  await symlink('libtensorflow_cc.so.2', path.join(lib, 'libtensorflow.so'));
  await symlink('libtensorflow_framework.so.2', path.join(lib, 'libtensorflow_framework.so'));
  await symlink(path.join(source, 'include'), path.join(deps, 'include'));
}

/**
 * A hard link saves 850 MB for every checkout; across disks it has to be a copy.
 *
 * @param {string} from
 * @param {string} to
 */
async function linkOrCopy(from, to) {
  await link(from, to).catch(() => copyFile(from, to));
}

/**
 * The addon depends on no version of Node, so one build serves every checkout of this system.
 *
 * @param {string} packageDir
 * @returns {Promise<string>} a folder of the user's cache
 */
async function compiledAddon(packageDir) {
  const manifest = await readFile(path.join(packageDir, 'package.json'), 'utf8');
  const name = `tfjs-node-${JSON.parse(manifest).version}-tensorflow-${version}-${systemLibrary()}`;
  return completeFolder(path.join(cacheDir(), name), async (target) => {
    await requireTools({ python3: 'python3', make: 'make', 'g++': 'g++' });
    await step('Native engine: compile the addon', () => compile(packageDir));
    await mkdir(path.dirname(path.join(target, addon)), { recursive: true });
    await copyFile(path.join(packageDir, addon), path.join(target, addon));
  });
}

/** @returns {string} name and version of the C library: a home folder may be shared by unlike machines */
function systemLibrary() {
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (
    process.report.getReport()
  );
  return `glibc-${header.glibcVersionRuntime ?? 'none'}`;
}

/** @param {string} packageDir */
async function compile(packageDir) {
  const nodeGyp = path.join(root, 'node_modules/node-gyp/bin/node-gyp.js');
  const nodeDir = path.resolve(path.dirname(process.execPath), '..');
  const hasHeaders = await exists(path.join(nodeDir, 'include/node/node_api.h'));
  await runOrFail(
    process.execPath,
    [
      nodeGyp,
      'rebuild',
      '--module_name=tfjs_binding',
      `--module_path=${path.dirname(path.join(packageDir, addon))}`,
      '--napi_version=9',
      '--napi_build_version=8',
      // Else node-gyp downloads the headers of this Node.
      ...(hasHeaders ? [`--nodedir=${nodeDir}`] : []),
    ],
    {
      cwd: packageDir,
      timeout: 10 * minute,
      sentence: 'The addon of tfjs-node could not be compiled.',
    },
  );
  await rm(path.join(packageDir, 'build'), { recursive: true, force: true });
}
