import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Copies of a database that stay beside it until somebody deletes them: from before an update or a repair.
 *
 * @param since copies that were made earlier are left out, in milliseconds
 * @returns names of files
 */
export async function copiesBeside(path: string, since: number): Promise<readonly string[]> {
  const folder = dirname(path);
  const isCopy = (name: string): boolean =>
    name.startsWith(`${basename(path)}.before-v`) ||
    /^project\.(?:damaged|replaced)-.+\.sqlite(?:-wal)?$/u.test(name);
  const copies: string[] = [];
  for (const name of (await readdir(folder)).filter(isCopy).sort()) {
    if ((await stat(join(folder, name))).mtimeMs >= since) copies.push(name);
  }
  return copies;
}
