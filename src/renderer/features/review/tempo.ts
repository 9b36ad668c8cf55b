import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed } from 'vue';
import { secondsLeft, withExtra } from './pace.ts';
import { useRound } from './round.ts';

/** How fast this annotator is, also from one sitting to the next. */
export const useTempo = defineStore('review tempo', () => {
  const round = useRound();
  const extras = useLocalStorage<readonly number[]>('review-pace', []);
  let begun = 0;
  return {
    /** Whether anything is known of it. */
    known: computed(() => extras.value.length > 0),
    /** Seconds that the rest of the round takes. */
    left: computed(() =>
      secondsLeft(
        round.open.map(({ seconds }) => seconds),
        extras.value,
      ),
    ),
    begin: () => {
      begun = performance.now();
    },
    /** @param seconds of the sound that was to be listened to */
    end: (seconds: number) => {
      extras.value = withExtra(extras.value, (performance.now() - begun) / 1000 - seconds);
    },
  };
});
