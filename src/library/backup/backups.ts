import { toErrorShape, UndertoneError, type ErrorShape } from '#shared/contract/errors.ts';
import type { Backup, BackupFiles } from './backup-files.ts';

/** Looked at so often whether a backup is due. */
const lookMs = 60_000;
const betweenMs = 3_600_000;
/** Writing without a pause does not put a backup off for longer. */
const mostLooksPutOff = 10;

export interface Backups extends Pick<BackupFiles, 'list' | 'check'> {
  /** Why the last attempt gave none; null where it gave one, or there was none yet. */
  readonly failure: () => ErrorShape | null;
  /** Makes one now if one is due, and later whenever one is. */
  readonly start: () => Promise<void>;
  /** Waits for one that is being made, and would keep the journal from going. */
  readonly whenIdle: () => Promise<void>;
  /** Gives up one that is being made. */
  readonly stop: () => Promise<void>;
}

export interface BackupsOptions {
  readonly files: BackupFiles;
  readonly databasePath: string;
  /** Counts the changes that were made to the database; see SQLite's `total_changes()`. */
  readonly changes: () => number;
  readonly now: () => number;
  readonly onBug: (error: unknown) => void;
}

/** Keeps checked copies of a database while it is open: one at the start, and one an hour where it changed. */
export function createBackups(options: BackupsOptions): Backups {
  const { files, databasePath, changes, now, onBug } = options;
  const stopping = new AbortController();
  let failure: ErrorShape | null = null;
  let timer: NodeJS.Timeout | undefined;
  let work = Promise.resolve();
  let lastTime = Number.NEGATIVE_INFINITY;
  let backedUp = -1;
  let lastSeen = -1;
  let putOff = 0;

  async function make(): Promise<void> {
    const seen = changes();
    try {
      const { time } = await files.make(databasePath, now(), stopping.signal);
      lastTime = time;
      backedUp = seen;
      failure = null;
    } catch (error) {
      if (stopping.signal.aborted) return;
      failure = toErrorShape(error);
      lastTime = now();
      onBug(error);
    }
  }

  function look(): void {
    const seen = changes();
    const isQuiet = seen === lastSeen || putOff >= mostLooksPutOff;
    lastSeen = seen;
    if (seen === backedUp || now() - lastTime < betweenMs) return;
    if (!isQuiet) {
      putOff += 1;
      return;
    }
    putOff = 0;
    work = work.then(make);
  }

  return {
    list: files.list,
    check: files.check,
    failure: () => failure,
    start: async () => {
      const [newest] = await listOrNone(files);
      // Who is closed as soon as opened must not be looked at for ever.
      if (stopping.signal.aborted) return;
      if (newest && now() - newest.time < betweenMs) lastTime = newest.time;
      else work = work.then(make);
      timer = setInterval(look, lookMs);
      timer.unref();
      await work;
    },
    whenIdle: () => work,
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await work;
    },
  };
}

/** A folder that cannot be read is told of when a backup is made. */
async function listOrNone(files: BackupFiles): Promise<readonly Backup[]> {
  try {
    return await files.list();
  } catch (error) {
    if (error instanceof UndertoneError) return [];
    throw error;
  }
}
