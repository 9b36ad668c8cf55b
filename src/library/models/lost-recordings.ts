import type { ModelVersion } from '#shared/domain/model-version.ts';
import type { StoredVersion } from '../database/model-versions.ts';
import type { Project } from '../project.ts';

/** A version with all recordings that are in it. */
interface Learner {
  readonly version: StoredVersion;
  /** Ids of what it learnt from, and of what the versions that it comes from did. */
  readonly recordings: readonly number[];
}

/** The versions of a project, the newest first: what one learnt stays in every version that was retrained from it. */
export function learners({ versions }: Pick<Project, 'versions'>): readonly Learner[] {
  const all = versions.list();
  const byId = new Map(all.map((version) => [version.id, version]));
  return all.map((version) => {
    const learnt = lineOf(version, byId).flatMap(({ settings }) => settings.recordings);
    return { version, recordings: [...new Set(learnt)] };
  });
}

/** The versions of a project, each with how many recordings that were deleted for good are still in it. */
export function withLostRecordings(
  project: Pick<Project, 'versions' | 'recordings'>,
): readonly ModelVersion[] {
  return learners(project).map(({ version, recordings }) => {
    const lost = recordings.filter((id) => !project.recordings.exists(id));
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
