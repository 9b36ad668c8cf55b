import { readdir, realpath, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { toErrorShape, UndertoneError } from '#shared/contract/errors.ts';
import type { ErrorShape } from '#shared/contract/errors.ts';
import { audioExtensions } from '#shared/domain/audio-extensions.ts';
import { systemCode, toReadError } from './file-errors.ts';

export interface Discovery {
  /** In the order given; the files of a folder sorted by name, each file once. */
  readonly files: readonly string[];
  readonly failures: readonly DiscoveryFailure[];
}

export type DiscoveryFailure = ErrorShape & { readonly path: string };

/** A file to try, or why nothing comes of a path. */
export type Discovered =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'failure'; readonly failure: DiscoveryFailure };

/**
 * Expands what a person dropped or typed into files to try, told as they are found. A file that is named is taken
 * whatever its name; inside folders, searched to any depth, only audio extensions count. Hidden files and folders are
 * passed over, and folders that links lead back to are searched once. Whether a file really holds sound shows when it
 * is opened.
 *
 * @throws the reason of the signal, once it is aborted
 */
export async function* findAudio(
  paths: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<Discovered, void, undefined> {
  const told = new Set<string>();
  for (const path of paths) {
    for await (const found of expand(path)) {
      signal?.throwIfAborted();
      if (found.kind === 'file') {
        const whole = resolve(found.path);
        if (told.has(whole)) continue;
        told.add(whole);
      }
      yield found;
    }
  }
}

/** All that {@link findAudio} finds. */
export async function discoverAudio(paths: readonly string[]): Promise<Discovery> {
  const files: string[] = [];
  const failures: DiscoveryFailure[] = [];
  for await (const found of findAudio(paths)) {
    if (found.kind === 'file') files.push(found.path);
    else failures.push(found.failure);
  }
  return { files, failures };
}

async function* expand(path: string): AsyncGenerator<Discovered> {
  try {
    if (!(await stat(path)).isDirectory()) {
      yield { kind: 'file', path };
      return;
    }
    let isEmpty = true;
    for await (const found of searchFolder(path, new Set())) {
      isEmpty = false;
      yield found;
    }
    if (isEmpty) throw new UndertoneError('folder-without-audio', { subject: path });
  } catch (error) {
    yield failureOf(path, error);
  }
}

async function* searchFolder(folder: string, searched: Set<string>): AsyncGenerator<Discovered> {
  const real = await realpath(folder);
  if (searched.has(real)) return;
  searched.add(real);
  const entries = await readdir(folder, { withFileTypes: true });
  const shown = entries.filter(({ name }) => !name.startsWith('.'));
  for (const entry of shown.sort((a, b) => byName(a.name, b.name))) {
    const path = join(folder, entry.name);
    try {
      if (await isFolder(entry, path)) yield* searchFolder(path, searched);
      else if (isAudioName(entry.name)) yield { kind: 'file', path };
    } catch (error) {
      // A broken link to something else is none of our business.
      if (isAudioName(entry.name) || !isMissing(error)) yield failureOf(path, error);
    }
  }
}

/** Only of links is the disk asked again: a folder of thousands is listed in one go. */
async function isFolder(entry: Dirent, path: string): Promise<boolean> {
  return entry.isSymbolicLink() ? (await stat(path)).isDirectory() : entry.isDirectory();
}

/** `take 2` before `take 10`, alike in every language setting. */
const { compare } = new Intl.Collator('en', { numeric: true });

/** What the language takes for the same, `1` and `01`, must not stand as the disk happens to list it. */
function byName(a: string, b: string): number {
  return compare(a, b) || (a < b ? -1 : 1);
}

const extensions = new Set(audioExtensions);

function isAudioName(name: string): boolean {
  return extensions.has(extname(name).slice(1).toLowerCase());
}

/** A link may lead nowhere, or to itself. */
function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ELOOP'].includes(systemCode(error) ?? '');
}

function failureOf(path: string, error: unknown): Discovered {
  return { kind: 'failure', failure: { path, ...toErrorShape(toReadError(path, error)) } };
}
