import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createAnalyses, type Analyses } from './database/analyses.ts';
import type { Database } from './database/connection.ts';
import { createJobs, type Jobs } from './database/jobs.ts';
import { allMigrations } from './database/migrations/all.ts';
import { openDatabase } from './database/open.ts';
import { createRecordings, type Recordings, type StoredRecording } from './database/recordings.ts';
import { createSegments, type Segments } from './database/segments.ts';
import { createSounds, type Sounds } from './database/sounds.ts';
import { openCache, type Cache, type CacheOwners } from './files/cache.ts';
import { withWriteErrors } from '#files/file-errors.ts';

/** An open project folder: `project.sqlite`, `recordings/`, `models/` and `cache/`. */
export interface Project {
  /** Absolute. */
  readonly folder: string;
  readonly cache: Cache;
  readonly transaction: Database['transaction'];
  readonly recordings: Recordings;
  readonly sounds: Sounds;
  readonly analyses: Analyses;
  readonly segments: Segments;
  readonly jobs: Jobs;
  /** Deletes what was made from recordings that are no longer in the library. */
  readonly removeDerivedFiles: (removed: readonly StoredRecording[]) => Promise<void>;
  /** Deletes what no recording knows of, such as what a killed process left. */
  readonly sweepDerivedFiles: () => Promise<void>;
  readonly close: () => void;
}

/**
 * Opens the project in a folder, making one where there is none.
 *
 * @throws UndertoneError `project-newer`, `project-invalid`, `not-writable` or `disk-full`
 */
export async function openProject(path: string): Promise<Project> {
  const folder = resolve(path);
  const cacheFolder = join(folder, 'cache');
  await withWriteErrors(folder, () => mkdir(folder, { recursive: true }));
  // The folders are made after the database, so they tell a project that lost its content from a new one.
  const mustHoldContent = existsSync(cacheFolder);
  const databasePath = join(folder, 'project.sqlite');
  const database = await openDatabase(databasePath, { migrations: allMigrations, mustHoldContent });
  for (const name of ['recordings', 'models']) {
    const subfolder = join(folder, name);
    await withWriteErrors(subfolder, () => mkdir(subfolder, { recursive: true }));
  }
  const cache = await openCache(cacheFolder);
  const recordings = createRecordings(database);
  return {
    folder,
    cache,
    transaction: database.transaction,
    recordings,
    sounds: createSounds(database),
    analyses: createAnalyses(database),
    segments: createSegments(database),
    jobs: createJobs(database),
    removeDerivedFiles: async (removed) => {
      // Two copies of the same recording share what was made from its sound.
      const { sha256s } = cacheOwners(recordings.list());
      const owners = cacheOwners(removed);
      const unshared = [...owners.sha256s].filter((sha256) => !sha256s.has(sha256));
      await cache.remove({ ...owners, sha256s: new Set(unshared) });
    },
    sweepDerivedFiles: () => cache.keepOnly(cacheOwners(recordings.list())),
    close: () => {
      // Closing alone leaves the journal where statements are still alive, and all of it for the next start.
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      database.close();
    },
  };
}

function cacheOwners(recordings: readonly StoredRecording[]): CacheOwners {
  return {
    sha256s: new Set(recordings.flatMap(({ sound }) => (sound ? [sound.sha256] : []))),
    recordingIds: new Set(recordings.map(({ id }) => id)),
  };
}
