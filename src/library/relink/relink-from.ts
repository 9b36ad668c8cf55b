import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '#files/file-errors.ts';
import { hashFile } from '#files/hash-file.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import type { StoredRecording } from '../database/recordings.ts';
import { checkFiles } from './check-files.ts';
import { moveTo, type RelinkOptions } from './relink.ts';

/** A file that has the size of at least one recording that is missing. */
interface Candidate {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Searches files and folders for all recordings that are missing. Only files of the same size are read,
 * so that a disk full of other things is searched in the time it takes to list it.
 *
 * @returns ids of those that were found, and how many are still missing
 */
export async function relinkFrom(
  options: RelinkOptions,
  places: readonly string[],
  { signal, report }: CallContext,
): Promise<{ readonly found: readonly number[]; readonly missing: number }> {
  const { project, catalogue } = options;
  await checkFiles(project, catalogue);
  const missing = project.recordings.list().filter(({ id }) => catalogue.isMissing(id));
  const sizes = new Set(missing.flatMap(({ sound }) => (sound ? [sound.file.size] : [])));
  const candidates: Candidate[] = [];
  for (const place of places) {
    for await (const path of filesUnder(place, signal)) {
      const bytes = await sizeOf(path);
      if (sizes.has(bytes)) candidates.push({ path, bytes });
    }
  }
  const found = await matchAll(options, missing, candidates, { signal, report });
  return { found, missing: missing.length - found.length };
}

async function matchAll(
  options: RelinkOptions,
  missing: readonly StoredRecording[],
  candidates: readonly Candidate[],
  { signal, report }: CallContext,
): Promise<readonly number[]> {
  const left = new Set(missing);
  const found: number[] = [];
  const bytes = candidates.reduce((sum, candidate) => sum + candidate.bytes, 0);
  let read = 0;
  for (const candidate of candidates) {
    const match = await findMatch([...left], candidate, signal);
    if (match && !options.project.recordings.findByPath(candidate.path)) {
      await moveTo(options, match, candidate.path);
      left.delete(match);
      found.push(match.id);
    }
    read += candidate.bytes;
    report({ stage: 'comparing files', fraction: read / Math.max(1, bytes) });
  }
  return found;
}

/** The one of these recordings whose content a file has. It is read only where its size fits one. */
export async function findMatch(
  recordings: readonly StoredRecording[],
  { path, bytes }: Candidate,
  signal: AbortSignal,
): Promise<StoredRecording | undefined> {
  const alike = recordings.filter(({ sound }) => sound?.file.size === bytes);
  if (alike.length === 0) return undefined;
  const sha256 = await hashFile(path, { signal });
  return alike.find(({ sound }) => sound?.sha256 === sha256);
}

/** A file itself, or all files in a folder; what may not be looked into is passed by. */
async function* filesUnder(place: string, signal: AbortSignal): AsyncGenerator<string> {
  signal.throwIfAborted();
  if ((await stat(place)).isFile()) {
    yield place;
    return;
  }
  try {
    for await (const entry of await opendir(place)) {
      const path = join(place, entry.name);
      if (entry.isFile()) yield path;
      else if (entry.isDirectory()) yield* filesUnder(path, signal);
    }
  } catch (error) {
    if (!['EACCES', 'EPERM', 'ENOENT'].includes(systemCode(error) ?? '')) throw error;
  }
}

/** -1 where it went meanwhile, or may not be looked at. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return -1;
  }
}
