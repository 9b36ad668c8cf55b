import { longestExcerpt } from '#shared/domain/excerpt.ts';
import { spanLength, toSamples, toSeconds } from '#shared/domain/time.ts';
import { useApi } from '../../lib/api.ts';
import { useRecording } from '../recording/index.ts';

/** A part of the recording as sound of its own. */
export interface CutOut {
  readonly url: string;
  /** Where it begins in the recording. */
  readonly seconds: number;
}

/** Longer than the engine takes, when it can; nobody who wants to hear something waits longer. */
const patience = 300;

/**
 * Has parts of the open recording cut out, one at a time.
 *
 * @returns null where a part is too long, or cannot be had soon: the engine may have stopped
 */
export function useExcerpt(): (span: {
  readonly start: number;
  readonly end: number;
}) => Promise<CutOut | null> {
  const { library } = useApi();
  const recording = useRecording();
  let last = '';

  return async ({ start, end }) => {
    const { about } = recording;
    if (!about?.sound) return null;
    const { sampleRate } = about.sound;
    const excerpt = { start: toSamples(start, sampleRate), end: toSamples(end, sampleRate) };
    const length = spanLength(excerpt);
    if (length < 1 || length > longestExcerpt) return null;
    const { id } = about;
    const signal = AbortSignal.timeout(patience);
    // The whole sound is there for all that this may fail by.
    const found = await library
      .call('recordings.excerpt', { id, excerpt }, { signal })
      .catch(() => null);
    if (!found) return null;
    URL.revokeObjectURL(last);
    last = URL.createObjectURL(new Blob([found.wav.slice()], { type: 'audio/wav' }));
    return { url: last, seconds: toSeconds(excerpt.start, sampleRate) };
  };
}
