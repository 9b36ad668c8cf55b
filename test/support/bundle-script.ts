import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { afterAll } from 'vitest';
import { root, workDir } from '../../scripts/setup/paths.mjs';

/** Packages that the library needs to start, and that are nothing but many small files to read. */
const bundled = ['hyparquet', 'hyparquet-writer', 'papaparse', 'saxes', 'seedrandom', 'zod'];

/**
 * Bundles a script for as long as a file of tests runs: what is started hundreds of times should not be compiled as
 * often. Other packages are loaded as they are, so the bundle lies where they are found.
 *
 * @param script from the root of the checkout
 * @param beside further scripts, for the same folder, such as that of a thread
 * @returns the path of the first one's bundle
 */
export async function bundleScript(script: string, ...beside: readonly string[]): Promise<string> {
  mkdirSync(workDir, { recursive: true });
  const folder = mkdtempSync(path.join(workDir, 'bundle-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: bundled },
    build: {
      ssr: true,
      outDir: folder,
      target: 'node20',
      rolldownOptions: { input: [script, ...beside].map((name) => path.join(root, name)) },
    },
  });
  return path.join(folder, `${path.basename(script, '.ts')}.js`);
}
