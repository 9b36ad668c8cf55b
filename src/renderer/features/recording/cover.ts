import { computed, shallowRef, watch, type ComputedRef } from 'vue';
import type { Recording } from '#shared/domain/recording.ts';

export interface Cover {
  /** Whether the recording is difficult to listen to, and nobody has opened it since the window was opened. */
  readonly covered: ComputedRef<boolean>;
  readonly open: () => void;
}

type Marked = Pick<Recording, 'id' | 'difficult'>;

export function useCover(about: ComputedRef<Marked | undefined>): Cover {
  const opened = shallowRef<ReadonlySet<number>>(new Set());

  function open(): void {
    if (about.value) opened.value = new Set([...opened.value, about.value.id]);
  }

  // Who marks a recording has it before them already. At once, so that it is not covered for a moment.
  watch(
    about,
    (now, before) => {
      if (now?.difficult === true && before?.difficult === false && now.id === before.id) open();
    },
    { flush: 'sync' },
  );

  return {
    covered: computed(() => about.value?.difficult === true && !opened.value.has(about.value.id)),
    open,
  };
}
