import { UndertoneError, fromErrorShape } from '#shared/contract/errors.ts';
import type { Recording, RecordingStatus } from '#shared/domain/recording.ts';
import type { Recordings, StoredRecording } from './database/recordings.ts';

interface CatalogueListener {
  readonly changed: (recordings: readonly Recording[]) => void;
  readonly removed: (ids: readonly number[]) => void;
}

/** Recordings as the page sees them: what is stored of them and how far the work on them is just now. */
export interface Catalogue {
  readonly list: () => readonly Recording[];
  /** @throws UndertoneError `not-found` */
  readonly find: (id: number) => StoredRecording;
  /** Tells all listeners of recordings that have changed in the database. */
  readonly tellChanged: (ids: readonly number[]) => void;
  readonly tellRemoved: (ids: readonly number[]) => void;
  /**
   * A status that goes before the stored one, and tells all listeners: progress, which is not worth a
   * write, or a failure that could not be written.
   */
  readonly setPassing: (id: number, status: RecordingStatus) => void;
  /** Lets the stored status of recordings show again, and tells all listeners. */
  readonly endPassing: (ids: readonly number[]) => void;
  /** Puts down which files were there when they were looked for, and tells of those that differ. */
  readonly setMissing: (found: ReadonlyMap<number, boolean>) => void;
  readonly isMissing: (id: number) => boolean;
  /** @returns a function that ends the subscription */
  readonly subscribe: (listener: CatalogueListener) => () => void;
  /**
   * Waits until a recording has come so far.
   *
   * @throws the recording's error where it fails before, `cancelled`, or `not-found` where it is removed
   */
  readonly until: (
    id: number,
    isReached: (recording: Recording) => boolean,
    signal: AbortSignal,
  ) => Promise<void>;
}

export function createCatalogue(recordings: Recordings): Catalogue {
  const passing = new Map<number, RecordingStatus>();
  const missing = new Set<number>();
  const listeners = new Set<CatalogueListener>();

  function find(id: number): StoredRecording {
    const stored = recordings.find(id);
    if (!stored) throw new UndertoneError('not-found', { subject: 'This recording' });
    return stored;
  }

  const view = (stored: StoredRecording): Recording => ({
    id: stored.id,
    name: stored.name,
    path: stored.path,
    addedAt: stored.addedAt,
    speaker: stored.speaker,
    note: stored.note,
    difficult: stored.difficult,
    tags: stored.tags,
    consent: stored.consent,
    source: stored.source,
    licence: stored.licence,
    keepUntil: stored.keepUntil,
    missing: missing.has(stored.id) || failedToFind(stored),
    sound: stored.sound?.sound ?? null,
    status: passing.get(stored.id) ?? toStatus(stored),
    ribbon: stored.analysis?.ribbon ?? [],
    recorded: stored.recorded,
  });

  function tellChanged(ids: readonly number[]): void {
    const changed = ids.flatMap((id) => recordings.find(id) ?? []).map(view);
    if (changed.length === 0) return;
    for (const listener of [...listeners]) listener.changed(changed);
  }

  function subscribe(listener: CatalogueListener): () => void {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  return {
    list: () => recordings.list().map(view),
    find,
    tellChanged,
    tellRemoved: (ids) => {
      for (const id of ids) passing.delete(id);
      for (const listener of [...listeners]) listener.removed(ids);
    },
    setPassing: (id, status) => {
      passing.set(id, status);
      tellChanged([id]);
    },
    endPassing: (ids) => {
      for (const id of ids) passing.delete(id);
      tellChanged(ids);
    },
    setMissing: (found) => {
      const changed = [...found].filter(([id, isMissing]) => missing.has(id) !== isMissing);
      for (const [id, isMissing] of changed) {
        if (isMissing) missing.add(id);
        else missing.delete(id);
      }
      tellChanged(changed.map(([id]) => id));
    },
    isMissing: (id) => missing.has(id),
    subscribe,
    until: async (id, isReached, signal) => {
      if (hasReached(view(find(id)), isReached)) return;
      await waitFor(subscribe, id, isReached, signal);
    },
  };
}

/** Asked for in vain since it was last looked for. */
function failedToFind({ job }: StoredRecording): boolean {
  return job.kind === 'failed' && job.error.code === 'file-missing';
}

function toStatus({ job }: StoredRecording): RecordingStatus {
  switch (job.kind) {
    case 'queued':
    case 'cancelled':
      return { kind: job.kind };
    case 'running':
      return { kind: 'working', stage: 'reading', fraction: 0, secondsLeft: null };
    case 'done':
      return { kind: 'ready' };
    case 'failed':
      return { kind: 'failed', error: job.error };
  }
}

/** @throws where the recording will not come any further by itself */
function hasReached(recording: Recording, isReached: (recording: Recording) => boolean): boolean {
  if (isReached(recording)) return true;
  if (recording.status.kind === 'failed') throw fromErrorShape(recording.status.error);
  if (recording.status.kind === 'cancelled') throw new UndertoneError('cancelled');
  return false;
}

function waitFor(
  subscribe: Catalogue['subscribe'],
  id: number,
  isReached: (recording: Recording) => boolean,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      unsubscribe();
      signal.removeEventListener('abort', onAbort);
      act();
    };
    const fail = (error: unknown): void => {
      settle(() => {
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    };
    const onAbort = (): void => {
      fail(new UndertoneError('cancelled'));
    };
    const unsubscribe = subscribe({
      changed: (recordings) => {
        const recording = recordings.find((candidate) => candidate.id === id);
        try {
          if (recording && hasReached(recording, isReached)) settle(resolve);
        } catch (error) {
          fail(error);
        }
      },
      removed: (ids) => {
        if (ids.includes(id)) fail(new UndertoneError('not-found', { subject: 'This recording' }));
      },
    });
    signal.addEventListener('abort', onAbort);
  });
}
