import { defineStore } from 'pinia';
import { computed } from 'vue';
import { formatClock, toSeconds } from '#shared/domain/time.ts';
import { useApi } from '../../lib/api.ts';
import { useAnnouncer } from '../../ui/announcer.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useRecording } from '../recording/index.ts';
import { usePlayer } from '../transport/index.ts';

export interface Mark {
  /** Sample of the recording; no two marks share one. */
  readonly at: number;
  readonly seconds: number;
  /** Empty where it was only marked. */
  readonly note: string;
  /** As it is said and written: what it is, and when. */
  readonly words: string;
}

/** The playhead stands on a mark that is this near, in seconds: the next one is another. */
const nearby = 0.02;

/** The moments that were marked while the open recording was made. */
export const useMarks = defineStore('marks', () => {
  const { library } = useApi();
  const { attempt, show } = useToasts();
  const { say } = useAnnouncer();
  const recording = useRecording();
  const player = usePlayer();

  const list = computed<readonly Mark[]>(() => {
    const { about, sound } = recording;
    return (about?.recorded?.marks ?? []).map(({ at, note }, index) => {
      const seconds = toSeconds(at, sound?.sampleRate ?? 1);
      const words = `${note || `Mark ${index + 1}`}, ${formatClock(seconds, 2)}`;
      return { at, seconds, note, words };
    });
  });

  function goTo(mark: Mark): void {
    player.seek(mark.seconds);
    say(mark.words);
  }

  /** To the next mark or the one before, from the playhead. */
  function step(by: 1 | -1): void {
    const found =
      by > 0
        ? list.value.find(({ seconds }) => seconds > player.time + nearby)
        : list.value.findLast(({ seconds }) => seconds < player.time - nearby);
    if (found) goTo(found);
    else show({ kind: 'notice', message: whyNot(by), hint: '', topic: 'marks' });
  }

  function whyNot(by: 1 | -1): string {
    if (list.value.length === 0) return 'This recording has no marks.';
    return `There is no mark ${by > 0 ? 'after' : 'before'} this.`;
  }

  function describe(
    change: { readonly removeMark: number } | { readonly noteMark: Pick<Mark, 'at' | 'note'> },
  ): Promise<void> {
    return attempt(async () => {
      if (!recording.about) return;
      await library.call('recordings.describe', { ids: [recording.about.id], change });
    });
  }

  return {
    list,
    goTo,
    step,
    remove: ({ at }: Mark) => describe({ removeMark: at }),
    note: ({ at }: Mark, note: string) => describe({ noteMark: { at, note } }),
  };
});
