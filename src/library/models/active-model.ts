import type { ModelVersions, StoredVersion } from '../database/model-versions.ts';
import type { Settings } from '../database/settings.ts';
import type { VersionFiles } from './version-files.ts';

/** The model that analyses: a version that was chosen, else the one that came with the program. */
export interface ActiveModel {
  /** Null for the shipped model. */
  readonly version: () => StoredVersion | null;
  /** Only the engine looks into it. */
  readonly folder: () => string;
}

export function createActiveModel(
  { settings, versions }: { readonly settings: Settings; readonly versions: ModelVersions },
  files: VersionFiles,
  shippedFolder: string,
): ActiveModel {
  const version = (): StoredVersion | null => {
    const id = settings.get('model');
    return (id === null ? null : versions.find(id)) ?? null;
  };
  return {
    version,
    folder: () => {
      const active = version();
      return active ? files.folderOf(active.id) : shippedFolder;
    },
  };
}
