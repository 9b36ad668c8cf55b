import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createRequire } from 'node:module';
import { requireTools } from '../scripts/setup/system-packages.mjs';

/** As Debian names processors. */
const architectures = /** @type {const} */ ({ x64: 'amd64', arm64: 'arm64' });

/**
 * Puts a packaged folder into a Debian package.
 *
 * @param {string} folder
 * @param {string} electronVersion decides which system libraries it depends on
 * @param {string} output where the package goes
 * @returns {Promise<string>} its path
 */
export async function debianPackage(folder, electronVersion, output) {
  await requireTools({ dpkg: 'dpkg', fakeroot: 'fakeroot' });
  const manifest = new URL('../package.json', import.meta.url);
  const { version, description } = JSON.parse(await readFile(manifest, 'utf8'));
  const arch = architectures[/** @type {keyof typeof architectures} */ (process.arch)];
  // Where the installer looks for it.
  await writeFile(path.join(folder, 'version'), electronVersion);
  // CommonJS, and its types lag behind it.
  const install = createRequire(import.meta.url)('electron-installer-debian');
  await install({
    src: folder,
    dest: output,
    arch,
    rename: (/** @type {string} */ to) => path.join(to, `undertone_${version}_${arch}.deb`),
    options: {
      name: 'undertone',
      productName: 'Undertone',
      genericName: 'Speech emotion annotator',
      description,
      productDescription:
        'Shows how speech sounds over time and lets people correct it. Everything happens on this computer.',
      version,
      section: 'sound',
      bin: 'undertone',
      icon: path.join(import.meta.dirname, 'icons/512x512.png'),
      categories: ['AudioVideo', 'Audio'],
      maintainer: 'The Undertone developers <undertone@localhost>',
      // A gigabyte: xz takes minutes where this takes seconds.
      compression: 'zstd',
    },
  });
  return path.join(output, `undertone_${version}_${arch}.deb`);
}
