import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { isAlive } from './children.mjs';
import { SetupError } from './report.mjs';

/**
 * @param {string} file
 * @param {'sha256' | 'sha512'} algorithm
 * @returns {Promise<string>} hexadecimal digest
 */
async function hashOf(file, algorithm) {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * @typedef {object} Download
 * @property {string} file where it is kept
 * @property {'sha256' | 'sha512'} algorithm
 * @property {string} digest hexadecimal
 * @property {(folder: string) => Promise<void>} fetch puts exactly one file into an empty folder
 */

/**
 * A downloaded file that is what it should be. One already there is used if its hash is right and fetched again
 * if not; a new one is fetched beside it, checked and renamed, so that an interrupted download leaves nothing
 * that could be mistaken for the file.
 *
 * @param {Download} download
 * @returns {Promise<string>} its path
 */
export async function verifiedDownload({ file, algorithm, digest, fetch }) {
  if ((await exists(file)) && (await hashOf(file, algorithm)) === digest) return file;
  await rm(file, { force: true });
  await inTemporaryFolder(path.dirname(file), async (folder) => {
    await fetch(folder);
    const [name, ...others] = await readdir(folder);
    if (name === undefined || others.length > 0) {
      throw new SetupError(`The download of ${path.basename(file)} did not give one file.`);
    }
    const arrived = path.join(folder, name);
    if ((await hashOf(arrived, algorithm)) !== digest) {
      throw new SetupError(
        `The download of ${path.basename(file)} is not the file it should be (its ${algorithm} differs). Try again; if it stays so, something between here and the registry changes files.`,
      );
    }
    await rename(arrived, file);
  });
  return file;
}

const manifestName = '.complete.json';

/**
 * A folder that is built once and then used by every checkout. A list of its files with their sizes is written
 * last; a folder without the list, or whose files do not fit it, is built again.
 *
 * @param {string} folder
 * @param {(folder: string) => Promise<void>} build fills an empty folder, which is renamed afterwards
 * @returns {Promise<string>} the folder
 */
export async function completeFolder(folder, build) {
  if (await isComplete(folder)) return folder;
  await inTemporaryFolder(path.dirname(folder), async (temporary) => {
    const content = path.join(temporary, 'content');
    await mkdir(content);
    await build(content);
    await writeFile(path.join(content, manifestName), JSON.stringify(await sizesIn(content)));
    await rm(folder, { recursive: true, force: true });
    await rename(content, folder);
  });
  return folder;
}

/**
 * @param {string} folder
 * @returns {Promise<boolean>}
 */
export async function isComplete(folder) {
  const manifest = path.join(folder, manifestName);
  if (!(await exists(manifest))) return false;
  const sizes = await sizesIn(folder);
  return (await readFile(manifest, 'utf8')) === JSON.stringify(sizes);
}

/**
 * @param {string} folder
 * @returns {Promise<Readonly<Record<string, number>>>} path -> bytes, sorted by path
 */
async function sizesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name !== manifestName)
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
  const sizes = await Promise.all(
    files.map(
      async (file) => /** @type {const} */ ([file, (await stat(path.join(folder, file))).size]),
    ),
  );
  return Object.fromEntries(sizes);
}

const temporaryName = `.tmp-${hostname()}-`;

/**
 * Work in a folder of one's own that is gone afterwards; beside the target, so that a rename stays on one disk.
 * What a killed process of this machine left there is cleared away first.
 *
 * @param {string} parent
 * @param {(folder: string) => Promise<void>} work
 */
export async function inTemporaryFolder(parent, work) {
  await mkdir(parent, { recursive: true });
  await clearLeftovers(parent);
  const folder = await mkdtemp(path.join(parent, `${temporaryName}${process.pid}-`));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {string} parent */
async function clearLeftovers(parent) {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(temporaryName)) continue;
    const owner = Number(name.slice(temporaryName.length).split('-')[0]);
    if (!isAlive(owner)) await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @returns {Promise<boolean>}
 */
export function exists(file) {
  return stat(file).then(
    () => true,
    () => false,
  );
}
