import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './children.mjs';
import { say } from './report.mjs';

/**
 * Lets only one process of this checkout set things up at a time; the others wait. The file holds the owner's
 * process id, so that a lock whose owner died is taken over.
 *
 * @param {string} file
 * @param {() => Promise<void>} work
 */
export async function withLock(file, work) {
  await mkdir(path.dirname(file), { recursive: true });
  let told = false;
  while (!(await take(file))) {
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (isAlive(owner)) {
      if (!told) say(`Waiting for another command that is setting up (process ${owner}) ...`);
      told = true;
      await sleep(200);
    } else {
      await rm(file, { force: true });
    }
  }
  try {
    await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** @param {string} file */
async function take(file) {
  const mine = `${file}.${randomUUID()}`;
  await writeFile(mine, String(process.pid));
  try {
    // A link appears with its content; a file opened for writing would be seen empty for a moment.
    await link(mine, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(mine);
  }
}
