import type { SpeakerComparison } from '#shared/contract/speakers.ts';
import { count, duration, percent } from '../../lib/words.ts';

interface Extent {
  readonly recordings: number;
  readonly speechSeconds: number;
}

/** `3 recordings of Anna, 4 min 05 s of speech`. */
export function extentWords({ recordings, speechSeconds }: Extent, speaker = ''): string {
  const whose = speaker === '' ? '' : ` of ${speaker}`;
  return `${count(recordings, 'recording')}${whose}, ${duration(speechSeconds)} of speech`;
}

/** How much of the speech would be called something else. */
export function changedWords(comparison: SpeakerComparison): string {
  const { speechSeconds, changedSeconds, changes } = comparison;
  const share = speechSeconds === 0 ? 0 : changedSeconds / speechSeconds;
  return (
    `${percent(share)} of the speech would be called something else: ` +
    `${changes.changed} of ${count(changes.segments, 'segment')}.`
  );
}
