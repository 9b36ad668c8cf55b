import { basename } from 'node:path';
import { stemOf } from '#formats/annotation/format.ts';
import type { StoredRecording } from '../database/recordings.ts';

type Named = Pick<StoredRecording, 'id' | 'name' | 'path'>;

/**
 * Finds recordings by what files of annotations call them: with or without folders, with or without an
 * ending, whatever the case of letters.
 *
 * @returns a function from a name to the ids that it may mean: several where the name does not tell, none
 *   where nothing is called like that
 */
export function createMatcher(recordings: readonly Named[]): (name: string) => readonly number[] {
  const byName = new Map<string, Named[]>();
  for (const recording of recordings) {
    const { name, path } = recording;
    const keys = [name, stemOf(name), basename(path), stemOf(path)].map(fold);
    for (const key of new Set(keys)) byName.set(key, [...(byName.get(key) ?? []), recording]);
  }
  return (name) => {
    const last = name.slice(name.lastIndexOf('/') + 1);
    const found = byName.get(fold(last)) ?? byName.get(fold(stemOf(last))) ?? [];
    // Folders decide only where names alone do not tell.
    const exact = found.filter(({ path }) => withSlashes(path).endsWith(`/${fold(name)}`));
    return (exact.length > 0 ? exact : found).map(({ id }) => id);
  };
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function withSlashes(path: string): string {
  return fold(path.replaceAll('\\', '/'));
}
