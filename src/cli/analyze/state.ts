import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemCode } from '#files/file-errors.ts';
import { beginningOfTemporary } from '#files/write-whole.ts';

/** Where a run keeps what it has done, beside its output, so that another one can go on from there. */
export interface State {
  readonly resultsFolder: string;
  /** For what nobody needs after a crash; on a disk of this machine. */
  readonly scratchFolder: string;
  readonly close: (keepResults: boolean) => Promise<void>;
}

/**
 * @param folder undefined where nothing is to be gone on with
 * @param resume whether to go on from what is there, rather than begin anew
 */
export async function openState(folder: string | undefined, resume: boolean): Promise<State> {
  const scratchFolder = await mkdtemp(join(tmpdir(), 'undertone-'));
  const resultsFolder = folder ?? join(scratchFolder, 'results');
  if (resume) await sweep(resultsFolder, '');
  else await rm(resultsFolder, { recursive: true, force: true });
  return {
    resultsFolder,
    scratchFolder,
    close: async (keepResults) => {
      await rm(scratchFolder, { recursive: true, force: true });
      if (!keepResults) await rm(resultsFolder, { recursive: true, force: true });
    },
  };
}

/** Deletes what a killed run was writing when it was to become `path`; see `writeWhole`. */
export async function sweepHalf(path: string): Promise<void> {
  await sweep(dirname(path), beginningOfTemporary(path));
}

const half = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.part$/u;

async function sweep(folder: string, prefix: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (name.startsWith(prefix) && half.test(name)) await rm(join(folder, name), { force: true });
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
