import type { Recording } from '#shared/domain/recording.ts';

/** Puts changed recordings in the place of their old selves and new ones at the end. */
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
  return [...merged, ...fresh.values()];
}

/** Recordings whose name has every word of the query somewhere, whatever the case and the accents. */
export function searchRecordings(
  recordings: readonly Recording[],
  query: string,
): readonly Recording[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return recordings;
  return recordings.filter((recording) => {
    const name = plain(recording.name);
    return words.every((word) => name.includes(word));
  });
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

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
