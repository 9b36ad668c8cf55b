import { useNow } from '@vueuse/core';
import { computed, type ComputedRef } from 'vue';
import { dayOf } from '#shared/domain/terms.ts';

/** The day that it is, also in a window that stays open over midnight. */
export function useToday(): ComputedRef<string> {
  const now = useNow({ interval: 60_000 });
  return computed(() => dayOf(now.value));
}
