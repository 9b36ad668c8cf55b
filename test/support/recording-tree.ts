import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWav } from './make-wav.ts';

const sampleRate = 16_000;

/** Names that programs stumble over. */
const folders = ['plain', 'with spaces', 'Ünïcode 音声', 'quotes \' and "', '=1+1', 'deep/deeper'];

export interface RecordingTree {
  /** How many recordings are in it that can be analysed. */
  readonly recordings: number;
  /** How many cannot. */
  readonly broken: number;
}

/**
 * Fills a folder with short recordings, no two of the same content, each cut from one of the given clips (16 kHz). The same names return in several folders, two links lead back up, and some files are no sound.
 */
export function growRecordingTree(
  root: string,
  clips: readonly Float32Array[],
  { recordings, broken }: RecordingTree,
): void {
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
  const random = lcg(7);
  for (let index = 0; index < recordings; index += 1) {
    const clip = clips[index % clips.length] ?? new Float32Array(sampleRate);
    const length = Math.min(clip.length, Math.round((1 + random()) * sampleRate));
    const start = Math.floor(random() * (clip.length - length));
    const cut = clip.slice(start, start + length);
    // Told apart even where the same stretch is drawn twice; far below anything that is heard.
    cut[0] = index / 32_768;
    const folder = folders[index % folders.length] ?? '';
    const path = join(root, folder, `take ${Math.floor(index / folders.length)}.wav`);
    writeFileSync(path, makeWav([cut], { format: 's16', sampleRate }));
  }
  for (let index = 0; index < broken; index += 1) {
    writeFileSync(join(root, 'plain', `broken ${index}.wav`), `This is no sound ${index}.`);
  }
  symlinkSync(root, join(root, 'deep', 'up again'));
  symlinkSync('loop', join(root, 'plain', 'loop'));
}

/** Numbers from 0 to 1, the same each time (Numerical Recipes). */
function lcg(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
