import { useLocalStorage, useNow } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { count } from '../../lib/words.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useActs } from '../annotate/index.ts';
import { usePlayer } from '../transport/index.ts';
import { isBreakDue, withWork, type Stretch } from './stretch.ts';

/** Reminds those who listen and annotate for long of a break. */
export const useBreaks = defineStore('breaks', () => {
  const player = usePlayer();
  const acts = useActs();
  const { show } = useToasts();

  const minutes = useLocalStorage<number>('break-after-minutes', 50);
  const stretch = shallowRef<Stretch | null>(null);
  const now = useNow({ interval: 10_000 });
  const isDue = computed(() => isBreakDue(stretch.value, minutes.value, now.value.getTime()));

  watch([() => player.playing, () => acts.saving, now], ([playing, saving]) => {
    if (playing || saving) stretch.value = withWork(stretch.value, Date.now());
  });
  watch(isDue, (due) => {
    if (!due) return;
    show({
      kind: 'notice',
      message: `${count(minutes.value, 'minute')} without a break.`,
      hint: 'Five minutes without listening or labelling count as one.',
      topic: 'break',
    });
  });

  return { minutes, isDue };
});
