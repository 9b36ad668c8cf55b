import { parse } from 'node:path';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Clip, Corpus } from './clip.ts';
import { listClipFiles } from './files.ts';

/** Letter of the German word for the emotion -> our word. Boredom has no counterpart in RAVDESS. */
const labelOf: Readonly<Record<string, string>> = {
  W: 'angry',
  L: 'boredom',
  E: 'disgust',
  A: 'fearful',
  F: 'happy',
  T: 'sad',
  N: 'neutral',
};
const women: readonly string[] = ['08', '09', '13', '14', '16'];

/** Speaker, sentence, emotion, version. */
const clipName = /^(\d{2})([ab]\d{2})([WLEAFTN])[a-z]$/u;

/**
 * The clips of an EMO-DB folder (Burkhardt et al. 2005), known by their file names.
 * @throws corpus-invalid where none is named so
 */
export async function openEmodb(folder: string): Promise<Corpus> {
  const clips = (await listClipFiles(folder)).flatMap((path) => readName(path) ?? []);
  if (clips.length === 0) {
    throw new UndertoneError('corpus-invalid', {
      subject: folder,
      detail: 'no wav or flac in it is named as EMO-DB clips are, for instance 03a01Fa.wav',
    });
  }
  return { kind: 'emodb', folder, clips };
}

function readName(path: string): Clip | undefined {
  const stem = parse(path).name;
  const [, speaker, , letter] = clipName.exec(stem) ?? [];
  const label = labelOf[letter ?? ''];
  if (speaker === undefined || label === undefined) return undefined;
  return {
    path,
    label,
    speaker: `emodb/${speaker}`,
    sex: women.includes(speaker) ? 'female' : 'male',
    traits: {},
    group: `emodb/${stem}`,
    corpus: 'emodb',
  };
}
