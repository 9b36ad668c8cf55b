import type { Corpus, CorpusKind } from './clip.ts';
import { openEmodb } from './emodb.ts';
import { openFolder } from './folder.ts';
import { openRavdess } from './ravdess.ts';

const openers: Readonly<Record<CorpusKind, (folder: string) => Promise<Corpus>>> = {
  ravdess: openRavdess,
  emodb: openEmodb,
  folder: openFolder,
};

/**
 * Finds the clips of a corpus without reading their sound.
 * @throws corpus-invalid with what is wrong with the folder
 */
export function openCorpus(kind: CorpusKind, folder: string): Promise<Corpus> {
  return openers[kind](folder);
}
