import type { Correction } from '#shared/contract/training.ts';
import type { Clip } from '../corpora/clip.ts';

/** As a person corrects them: each clip is a recording of one speaker with one label from end to end. */
export function wholeClips(clips: readonly Clip[]): readonly Correction[] {
  return clips.map(({ path, label, speaker }) => ({ path, start: 0, end: 60, label, speaker }));
}
