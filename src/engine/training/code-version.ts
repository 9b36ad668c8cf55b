import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const here = dirname(fileURLToPath(import.meta.url));

/** The commit that runs, with `+` where files differ from it; the package's version outside a checkout. */
export async function codeVersion(): Promise<string> {
  const git = promisify(execFile);
  try {
    const { stdout: commit } = await git('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: here });
    const { stdout: changes } = await git('git', ['status', '--porcelain', '.'], { cwd: here });
    return `${commit.trim()}${changes === '' ? '' : '+'}`;
  } catch {
    // No git, or no checkout: an installed copy is known by its version.
    return packageVersion(here);
  }
}

async function packageVersion(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined);
  if (text !== undefined) return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
  return dirname(folder) === folder ? 'unknown' : packageVersion(dirname(folder));
}
