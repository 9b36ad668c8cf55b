import type { ModelVersion } from '#shared/domain/model-version.ts';
import type { StoredVersion } from '../database/model-versions.ts';
import type { Project } from '../project.ts';

/**
 * The versions of a project, each with how many recordings that were deleted for good are still in it: what it
 * learnt from them stays, and so it does in every version that was retrained from it.
 */
export function withLostRecordings({
  versions,
  recordings,
}: Pick<Project, 'versions' | 'recordings'>): readonly ModelVersion[] {
  const all = versions.list();
  const byId = new Map(all.map((version) => [version.id, version]));
  return all.map((version) => {
    const learnt = new Set(lineOf(version, byId).flatMap(({ settings }) => settings.recordings));
    const lost = [...learnt].filter((id) => !recordings.exists(id));
    return { ...version, lostRecordings: lost.length };
  });
}

/** A version and those that it comes from, as far as they are in the project. */
function lineOf(
  version: StoredVersion,
  byId: ReadonlyMap<string, StoredVersion>,
): readonly StoredVersion[] {
  const line = [version];
  for (let parent = byId.get(version.parent); parent && !line.includes(parent);) {
    line.push(parent);
    parent = byId.get(parent.parent);
  }
  return line;
}
