import type { StoredRecording } from '../database/recordings.ts';
import { readFileState, type FileState } from '../files/file-state.ts';
import type { Project } from '../project.ts';
import { findMatch } from './relink-from.ts';

/**
 * Which of the files that are new to a project are recordings of it that were moved: their content is the
 * same, and where they were there is nothing any more.
 *
 * @returns recordings by the path at which they are now
 */
export async function findMoved(
  { recordings }: Pick<Project, 'recordings'>,
  files: ReadonlyMap<string, FileState | null>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, StoredRecording>> {
  const moved = new Map<string, StoredRecording>();
  const taken = new Set<number>();
  for (const [path, state] of files) {
    if (!state || recordings.findByPath(path)) continue;
    const alike = recordings.findBySize(state.size).filter(({ id }) => !taken.has(id));
    const match = await findMatch(alike, { path, bytes: state.size }, signal);
    if (!match || (await readFileState(match.path))) continue;
    taken.add(match.id);
    moved.set(path, match);
  }
  return moved;
}
