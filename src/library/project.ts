import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createAnalyses, type Analyses } from './database/analyses.ts';
import type { Database } from './database/connection.ts';
import { createCorrections, type ListCorrections } from './database/corrections.ts';
import { createForget, type Forget } from './database/forget.ts';
import { createJobs, type Jobs } from './database/jobs.ts';
import { createJournal, type Journal } from './database/journal/journal.ts';
import { allMigrations } from './database/migrations/all.ts';
import { createAudits, type Audits } from './database/review/audits.ts';
import { createRounds, type Rounds } from './database/review/rounds.ts';
import { createSpoken, type Spoken } from './database/review/spoken.ts';
import { createRecordings, type Recordings, type StoredRecording } from './database/recordings.ts';
import { createRecorded, type Recorded } from './database/recorded.ts';
import { createSearch, type Search } from './database/search.ts';
import { createSettings, type Settings } from './database/settings.ts';
import { createSegments, type Segments } from './database/segments.ts';
import { createLabels, type Labels } from './database/labels.ts';
import { createModelVersions, type ModelVersions } from './database/model-versions.ts';
import { createTiers, type Tiers } from './database/tiers.ts';
import { createSounds, type Sounds } from './database/sounds.ts';
import { createSpeakerProfiles, type SpeakerProfiles } from './database/speaker-profiles.ts';
import { createSpeakers, type Speakers } from './database/speakers.ts';
import { backupFolderOf, openBackupFiles } from './backup/backup-files.ts';
import { createBackups, type Backups } from './backup/backups.ts';
import { openCache, type Cache, type CacheOwners } from './files/cache.ts';
import { openVersionFiles, type VersionFiles } from './models/version-files.ts';
import { lockProject, type ProjectLock } from './project-lock.ts';
import { openOrRecover } from './recovery/open-or-recover.ts';
import { withWriteErrors } from '#files/file-errors.ts';

/** An open project folder: `project.sqlite`, `recordings/`, `models/` and `cache/`. */
export interface Project {
  /** Absolute. */
  readonly folder: string;
  /** Absolute. */
  readonly databasePath: string;
  readonly cache: Cache;
  readonly transaction: Database['transaction'];
  readonly recordings: Recordings;
  readonly recorded: Recorded;
  readonly sounds: Sounds;
  readonly analyses: Analyses;
  readonly profiles: SpeakerProfiles;
  readonly speakers: Speakers;
  readonly segments: Segments;
  readonly tiers: Tiers;
  readonly labels: Labels;
  readonly settings: Settings;
  readonly jobs: Jobs;
  readonly corrections: ListCorrections;
  readonly versions: ModelVersions;
  readonly versionFiles: VersionFiles;
  readonly search: Search;
  readonly rounds: Rounds;
  readonly audits: Audits;
  readonly spoken: Spoken;
  readonly forget: Forget;
  readonly backups: Backups;
  /** Everything that a person does goes through it. */
  readonly journal: Journal;
  /** Deletes what was made from recordings that are no longer in the library. */
  readonly removeDerivedFiles: (removed: readonly StoredRecording[]) => Promise<void>;
  /** Deletes what no recording knows of, such as what a killed process left. */
  readonly sweepDerivedFiles: () => Promise<void>;
  /** Makes sure that what was deleted is in no file any more. */
  readonly checkpoint: () => void;
  readonly close: () => void;
}

export interface ProjectOptions {
  /** Holds the backups of all projects, outside any of them. */
  readonly backupsFolder: string;
  /** Told of backups that failed. */
  readonly onBug: (error: unknown) => void;
}

/**
 * Opens the project in a folder, making one where there is none. Of a damaged one what can be read is
 * saved first; `recovery/recover.ts` leaves a report of that.
 *
 * @throws UndertoneError `project-in-use`, `project-newer`, `project-invalid`, `not-writable` or `disk-full`
 */
export async function openProject(path: string, options: ProjectOptions): Promise<Project> {
  const folder = resolve(path);
  await withWriteErrors(folder, () => mkdir(folder, { recursive: true }));
  const lock = lockProject(folder);
  try {
    return await openLocked(folder, lock, options);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openLocked(
  folder: string,
  lock: ProjectLock,
  { backupsFolder, onBug }: ProjectOptions,
): Promise<Project> {
  const cacheFolder = join(folder, 'cache');
  // The folders are made after the database, so they tell a project that lost its content from a new one.
  const mustHoldContent = existsSync(cacheFolder);
  const databasePath = join(folder, 'project.sqlite');
  const files = openBackupFiles(backupFolderOf(backupsFolder, folder));
  const now = (): number => Date.now();
  const database = await openOrRecover(
    databasePath,
    { migrations: allMigrations, mustHoldContent },
    { migrations: allMigrations, backups: files, now },
  );
  const changes = database.prepare('SELECT total_changes() AS changes');
  for (const subfolder of [join(folder, 'recordings'), join(folder, 'models')]) {
    await withWriteErrors(subfolder, () => mkdir(subfolder, { recursive: true }));
  }
  const cache = await openCache(cacheFolder);
  const recordings = createRecordings(database, folder);
  const checkpoint = (): void => {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  };
  const allRecordings = (): readonly StoredRecording[] => [
    ...recordings.list(),
    ...recordings.listRemoved(),
  ];
  return {
    folder,
    databasePath,
    cache,
    transaction: database.transaction,
    recordings,
    recorded: createRecorded(database),
    sounds: createSounds(database),
    analyses: createAnalyses(database),
    profiles: createSpeakerProfiles(database),
    speakers: createSpeakers(database),
    segments: createSegments(database),
    tiers: createTiers(database),
    labels: createLabels(database),
    settings: createSettings(database),
    jobs: createJobs(database),
    corrections: createCorrections(database),
    versions: createModelVersions(database),
    versionFiles: openVersionFiles(join(folder, 'models'), cache.engineFolder),
    backups: createBackups({
      files,
      databasePath,
      changes: () => Number(changes.get()?.['changes']),
      now,
      onBug,
    }),
    search: createSearch(database),
    rounds: createRounds(database),
    audits: createAudits(database),
    spoken: createSpoken(database),
    forget: createForget(database),
    journal: createJournal(database),
    removeDerivedFiles: async (removed) => {
      // Two copies of the same recording share what was made from its sound.
      const { sha256s } = cacheOwners(allRecordings());
      const owners = cacheOwners(removed);
      const unshared = [...owners.sha256s].filter((sha256) => !sha256s.has(sha256));
      await cache.remove({ ...owners, sha256s: new Set(unshared) });
    },
    sweepDerivedFiles: () => cache.keepOnly(cacheOwners(allRecordings())),
    checkpoint,
    close: () => {
      try {
        // Closing alone leaves the journal where statements are still alive, and all of it for the next start.
        checkpoint();
      } catch (error) {
        // On a full disk the journal stays; all that it holds is there at the next start.
        onBug(error);
      } finally {
        database.close();
        lock.release();
      }
    },
  };
}

function cacheOwners(recordings: readonly StoredRecording[]): CacheOwners {
  return {
    sha256s: new Set(recordings.flatMap(({ sound }) => (sound ? [sound.sha256] : []))),
    recordingIds: new Set(recordings.map(({ id }) => id)),
  };
}
