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

export function isPending(recording: Recording): boolean {
  return recording.status.kind === 'queued' || recording.status.kind === 'working';
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
