import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exists } from '../setup/cache.mjs';
import { root } from '../setup/paths.mjs';
import { step } from '../setup/report.mjs';
import { runOrFail } from '../setup/run.mjs';

const stamp = path.join(root, 'out/.sources');

/** Builds main, preload and renderer into `out`, when their sources differ from those of the last build. */
export async function build() {
  const sources = await hashOfSources();
  if ((await exists(stamp)) && (await readFile(stamp, 'utf8')) === sources) return;
  await step('Build', () =>
    runOrFail(
      process.execPath,
      [path.join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'],
      {
        cwd: root,
        sentence: 'The app could not be built; see above.',
      },
    ),
  );
  await writeFile(stamp, sources);
}

/** @returns {Promise<string>} hash over everything the build reads */
async function hashOfSources() {
  const entries = await readdir(path.join(root, 'src'), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
  const settings = ['electron.vite.config.ts', 'package.json', 'package-lock.json'];
  const hash = createHash('sha256');
  for (const file of [...files, ...settings.map((name) => path.join(root, name))]) {
    hash.update(`${path.relative(root, file)}\0`).update(await readFile(file));
  }
  return hash.digest('hex');
}
