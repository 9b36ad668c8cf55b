import { randomUUID } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { formatIdOf, type AnnotationFormatId } from '#formats/annotation/registry.ts';
import { systemCode } from '#files/file-errors.ts';
import type { Grants } from '../grants.ts';

export interface Sorted {
  /** Grants of what may be recordings: everything else, and folders. */
  readonly sounds: readonly string[];
  /** Grants of files of annotations. */
  readonly annotations: readonly string[];
  /** New grants of what lies in folders and is surely annotations. */
  readonly beside: readonly string[];
}

/** Text, tables and subtitles may be about anything; these are about nothing else. */
const unmistakable: readonly AnnotationFormatId[] = [
  'textgrid',
  'eaf',
  'rttm',
  'label-studio',
  'audformat',
];

/** Tells files of annotations, by their endings, from what else was chosen or dropped together with them. */
export async function sortChosen(tokens: readonly string[], grants: Grants): Promise<Sorted> {
  const sounds: string[] = [];
  const annotations: string[] = [];
  const beside: string[] = [];
  for (const token of tokens) {
    const path = grants.resolve(token);
    if (await isFolder(path)) {
      sounds.push(token);
      for (const found of await searchFolder(path)) {
        const own = randomUUID();
        grants.add(own, found);
        beside.push(own);
      }
    } else {
      (formatIdOf(path) === null ? sounds : annotations).push(token);
    }
  }
  return { sounds, annotations, beside };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    // What is not there is told of by whoever reads it.
    () => false,
  );
}

async function searchFolder(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && isUnmistakable(entry.name))
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
  } catch (error) {
    // Folders that may not be read are told of when they are searched for recordings.
    if (systemCode(error) !== undefined) return [];
    throw error;
  }
}

function isUnmistakable(name: string): boolean {
  const format = formatIdOf(name);
  return !name.startsWith('.') && format !== null && unmistakable.includes(format);
}
