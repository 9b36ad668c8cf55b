import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { toErrorShape, UndertoneError } from '#shared/contract/errors.ts';
import type { ErrorShape } from '#shared/contract/errors.ts';
import { systemCode } from '#files/file-errors.ts';
import { asFileError } from './check-file.ts';
import { audioExtensions } from './containers.ts';

export interface Discovery {
  /** In the order given; the files of a folder sorted by name, each file once. */
  readonly files: readonly string[];
  readonly failures: readonly DiscoveryFailure[];
}

type DiscoveryFailure = ErrorShape & { readonly path: string };

/**
 * Expands what a person dropped or typed into files to try. A file that is named is taken whatever its name; inside
 * folders, searched to any depth, only audio extensions count. Hidden files and folders are passed over, and folders that
 * links lead back to are searched once. Whether a file really holds sound shows when it is opened.
 */
export async function discoverAudio(paths: readonly string[]): Promise<Discovery> {
  const files = new Map<string, string>();
  const failures: DiscoveryFailure[] = [];
  for (const path of paths) {
    try {
      for (const file of await expand(path, failures)) {
        if (!files.has(resolve(file))) files.set(resolve(file), file);
      }
    } catch (error) {
      failures.push(failureOf(path, error));
    }
  }
  return { files: [...files.values()], failures };
}

async function expand(path: string, failures: DiscoveryFailure[]): Promise<readonly string[]> {
  const stats = await stat(path);
  if (!stats.isDirectory()) return [path];
  const before = failures.length;
  const files = await searchFolder(path, new Set(), failures);
  if (files.length === 0 && failures.length === before) {
    throw new UndertoneError('folder-without-audio', { subject: path });
  }
  return files;
}

async function searchFolder(
  folder: string,
  searched: Set<string>,
  failures: DiscoveryFailure[],
): Promise<readonly string[]> {
  const real = await realpath(folder);
  if (searched.has(real)) return [];
  searched.add(real);
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort(byName);
  const found: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    try {
      const stats = await stat(path);
      if (stats.isDirectory()) found.push(...(await searchFolder(path, searched, failures)));
      else if (isAudioName(name)) found.push(path);
    } catch (error) {
      // A broken link to something else is none of our business.
      if (isAudioName(name) || !isMissing(error)) failures.push(failureOf(path, error));
    }
  }
  return found;
}

/** `take 2` before `take 10`, alike in every language setting. */
const { compare: byName } = new Intl.Collator('en', { numeric: true });

function isAudioName(name: string): boolean {
  return audioExtensions.has(extname(name).toLowerCase());
}

function isMissing(error: unknown): boolean {
  return systemCode(error) === 'ENOENT';
}

function failureOf(path: string, error: unknown): DiscoveryFailure {
  return { path, ...toErrorShape(asFileError(path, error)) };
}
