import type { Recording } from '#shared/domain/recording.ts';

/** Puts changed recordings in the place of their old selves, and others where they were added. */
export function mergeRecordings(
  present: readonly Recording[],
  changed: readonly Recording[],
): readonly Recording[] {
  const fresh = new Map(changed.map((recording) => [recording.id, recording]));
  const merged = present.map((recording) => {
    const now = fresh.get(recording.id);
    fresh.delete(recording.id);
    return now ?? recording;
  });
  if (fresh.size === 0) return merged;
  // One that was put back on the list may be older than those on it.
  return [...merged, ...fresh.values()].sort((one, other) => one.id - other.id);
}

/** What has come to an end since, in words for a screen reader; empty where nothing has. */
export function news(present: readonly Recording[], changed: readonly Recording[]): string {
  const pending = new Set(present.filter(isPending).map(({ id }) => id));
  return changed
    .filter(({ id }) => pending.has(id))
    .flatMap(({ name, status }) => {
      if (status.kind === 'ready') return [`${name} is analysed.`];
      return status.kind === 'failed' ? [`${name} failed: ${status.error.message}`] : [];
    })
    .join(' ');
}

export function isPending(recording: Recording): boolean {
  return recording.status.kind === 'queued' || recording.status.kind === 'working';
}
