import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { toErrorShape, type ErrorShape } from '#shared/contract/errors.ts';
import type { SpeakerComparison } from '#shared/contract/speakers.ts';
import { useApi } from '../../lib/api.ts';
import { useAnnouncer } from '../../ui/announcer.ts';
import { useToasts } from '../../ui/toasts.ts';

type Comparing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'working'; readonly speaker: string; readonly fraction: number }
  | {
      readonly kind: 'ready';
      readonly speaker: string;
      readonly comparison: SpeakerComparison;
    }
  | { readonly kind: 'failed'; readonly speaker: string; readonly error: ErrorShape };

/** Normalising recordings by their speaker: one speaker at a time is measured, and then decided about. */
export const useSpeakers = defineStore('speakers', () => {
  const { library } = useApi();
  const { attempt, show } = useToasts();
  const { say } = useAnnouncer();

  const comparing = shallowRef<Comparing>({ kind: 'nothing' });
  /** Rises with every act, undo and redo. */
  const acts = ref(0);
  let work = new AbortController();

  library.on('history.changed', () => {
    acts.value += 1;
  });

  async function compare(speaker: string): Promise<void> {
    work.abort();
    work = new AbortController();
    const { signal } = work;
    const tell = (now: Comparing): void => {
      if (!signal.aborted) comparing.value = now;
    };
    tell({ kind: 'working', speaker, fraction: 0 });
    try {
      const comparison = await library.call(
        'speakers.compare',
        { speaker },
        {
          signal,
          onProgress: ({ fraction }) => {
            tell({ kind: 'working', speaker, fraction });
          },
        },
      );
      tell({ kind: 'ready', speaker, comparison });
      if (!signal.aborted) say(`Before and after of ${speaker} can be seen.`);
    } catch (error) {
      tell({ kind: 'failed', speaker, error: toErrorShape(error) });
    }
  }

  /** Stops what runs, or leaves everything as it was. */
  function dismiss(): void {
    work.abort();
    comparing.value = { kind: 'nothing' };
  }

  function undo(): Promise<void> {
    return attempt(async () => {
      await library.call('history.undo', {});
    });
  }

  function tellDone(message: string): void {
    show({
      kind: 'done',
      message,
      hint: 'Recordings are heard again; what people labelled stays.',
      way: { words: 'Undo', go: () => void undo() },
    });
  }

  return {
    ...{ comparing, acts, compare, dismiss },
    describe: (speaker: string) => library.call('speakers.describe', { speaker }),
    /** @throws what the library throws */
    normalise: async (speaker: string, { profile }: SpeakerComparison) => {
      await library.call('speakers.normalise', { profile });
      tellDone(`Recordings of ${speaker} are normalised by speaker.`);
    },
    separate: (speaker: string) =>
      attempt(async () => {
        await library.call('speakers.separate', { speaker });
        tellDone(`Recordings of ${speaker} are normalised each by itself.`);
      }),
  };
});
