import { parse } from 'node:path';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Clip, Corpus } from './clip.ts';
import { listClipFiles } from './files.ts';

/** The eight expressed emotions of RAVDESS, in the order of its file names' third field. */
export const ravdessLabels = [
  'neutral',
  'calm',
  'happy',
  'sad',
  'angry',
  'fearful',
  'disgust',
  'surprised',
] as const;

const intensities: Readonly<Record<string, string>> = { 1: 'normal', 2: 'strong' };
const statements: Readonly<Record<string, string>> = {
  1: 'Kids are talking by the door',
  2: 'Dogs are sitting by the door',
};

/** Audio only (03), speech (01), emotion, intensity, statement, repetition, actor. */
const speechName = /^03-01-0([1-8])-0([12])-0([12])-0[12]-(\d{2})$/u;

/**
 * The speech clips of a RAVDESS folder (Livingstone and Russo 2018, doi 10.5281/zenodo.1188976), wav or
 * flac of any sample rate at any depth. Songs and videos are passed over.
 * @throws corpus-invalid where there is no speech clip in it
 */
export async function openRavdess(folder: string): Promise<Corpus> {
  const clips = (await listClipFiles(folder)).flatMap((path) => readName(path) ?? []);
  if (clips.length === 0) {
    throw new UndertoneError('corpus-invalid', {
      subject: folder,
      detail:
        'no wav or flac in it is named as RAVDESS speech is, for instance 03-01-05-01-02-01-12.wav',
    });
  }
  return { kind: 'ravdess', folder, clips };
}

function readName(path: string): Clip | undefined {
  const stem = parse(path).name;
  const [, emotion, intensity = '', statement = '', actor] = speechName.exec(stem) ?? [];
  const label = ravdessLabels[Number(emotion) - 1];
  if (label === undefined || actor === undefined) return undefined;
  return {
    path,
    label,
    speaker: `ravdess/${actor}`,
    sex: Number(actor) % 2 === 1 ? 'male' : 'female',
    traits: { intensity: intensities[intensity] ?? '', statement: statements[statement] ?? '' },
    group: `ravdess/${stem}`,
    corpus: 'ravdess',
  };
}
