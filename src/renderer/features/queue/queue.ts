import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { QueueState } from '#shared/domain/queue-state.ts';
import type { Recording } from '#shared/domain/recording.ts';
import { useApi } from '../../lib/api.ts';
import { useAnnouncer } from '../../ui/announcer.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useLibrary } from '../library/index.ts';
import { outcomeWords, queueWords } from './queue-words.ts';

const nothing: QueueState = {
  phase: 'idle',
  waiting: 0,
  analysed: 0,
  kept: 0,
  failed: 0,
  cancelled: 0,
  fraction: 0,
  secondsLeft: null,
};

/** How far the work on recordings is, and what a person can do about it. */
export const useQueue = defineStore('queue', () => {
  const { library } = useApi();
  const { attempt } = useToasts();
  const { say } = useAnnouncer();
  const list = useLibrary();

  const state = shallowRef(nothing);
  /** Whether everything that is queued is shown. */
  const shown = ref(false);
  /** Whether the person has seen how the last batch ended. */
  const seen = ref(true);
  const order = shallowRef<readonly number[]>([]);

  const ofKind = (kind: Recording['status']['kind']) =>
    computed(() => list.recordings.filter(({ status }) => status.kind === kind));
  const failed = ofKind('failed');
  const stopped = ofKind('cancelled');
  const atWork = ofKind('working');
  const waiting = computed(() => {
    const byId = new Map(list.pending.map((recording) => [recording.id, recording]));
    return order.value.flatMap((id) => byId.get(id) ?? []);
  });

  library.on('queue.changed', (now) => {
    const before = state.value;
    state.value = now;
    if (now.waiting > 0) seen.value = false;
    if (before.waiting > 1 && now.waiting === 0) say(`All done: ${outcomeWords(now)}.`);
    if (shown.value) void readOrder();
  });
  watch(shown, () => void readOrder());

  function readOrder(): Promise<void> {
    return attempt(async () => {
      order.value = await library.call('queue.waiting', {});
    });
  }

  return {
    state,
    shown,
    seen,
    words: computed(() => queueWords(state.value)),
    failed,
    stopped,
    atWork,
    waiting,
    load: () =>
      attempt(async () => {
        state.value = await library.call('queue.state', {});
        if (state.value.waiting > 0) seen.value = false;
      }),
    pause: () => attempt(() => library.call('queue.pause', {})),
    goOn: () => attempt(() => library.call('queue.goOn', {})),
    putNext: (ids: readonly number[]) => attempt(() => library.call('queue.next', { ids })),
    cancelAll: () => list.cancel(list.pending.map(({ id }) => id)),
    retryAll: (recordings: readonly Recording[]) => list.retry(recordings.map(({ id }) => id)),
  };
});
