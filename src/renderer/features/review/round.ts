import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { ReviewRound } from '#shared/domain/review.ts';
import { useApi } from '../../lib/api.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useLibrary } from '../library/index.ts';
import { useTiers } from '../segments/index.ts';

/** What of the project a round is about. */
export type Scope = 'all' | 'recording';
export const sizes = [20, 50, 100, 300] as const;

/** What the annotator has planned to listen to, as the library knows it. */
export const useRound = defineStore('review round', () => {
  const { library } = useApi();
  const { attempt } = useToasts();
  const recordings = useLibrary();
  const tiers = useTiers();

  const round = shallowRef<ReviewRound | null>(null);
  const items = computed(() => round.value?.items ?? []);
  const open = computed(() => items.value.filter((item) => !item.done));
  const done = computed(() => items.value.length - open.value.length);
  /** Whether there is anything yet that could be listened to. */
  const possible = computed(() =>
    recordings.recordings.some(({ status }) => status.kind === 'ready'),
  );
  /** What the next round will be. */
  const scope = useLocalStorage<Scope>('review-scope', 'all');
  const size = useLocalStorage<number>('review-size', sizes[1]);
  /** How far planning has come; null where nothing is being planned. */
  const planned = ref<number | null>(null);
  let planning = new AbortController();
  let asked = 0;
  let newest = Promise.resolve();

  watch(() => tiers.own?.id, refresh, { immediate: true });
  // A new analysis has other segments: what was planned of the old one is gone.
  watch(() => recordings.pending.length, refresh);
  // Whatever is labelled, wherever, may be something that was to be listened to.
  library.on('history.changed', () => void refresh());

  /** Done when the round is as it was at the call or later. */
  function refresh(): Promise<void> {
    asked += 1;
    newest = ask(asked);
    return newest;
  }

  /** An answer to an older question does not take the place of a newer one, but waits for it. */
  async function ask(mine: number): Promise<void> {
    const tier = tiers.own?.id;
    await attempt(async () => {
      const now = tier === undefined ? null : await library.call('review.state', { tier });
      if (mine === asked) round.value = now;
      else await newest;
    });
  }

  function plan(): Promise<void> {
    return attempt(async () => {
      planning = new AbortController();
      planned.value = 0;
      try {
        const tier = await tiers.needOwn();
        const recordingId = scope.value === 'all' ? null : recordings.selectedId;
        await library.call(
          'review.plan',
          { tier, recordingId, size: size.value },
          {
            signal: planning.signal,
            onProgress: ({ fraction }) => {
              planned.value = fraction;
            },
          },
        );
        await refresh();
      } finally {
        planned.value = null;
      }
    });
  }

  return {
    ...{ round, items, open, done, possible, scope, size, planned, refresh, plan },
    cancelPlan: () => {
      planning.abort();
    },
  };
});
