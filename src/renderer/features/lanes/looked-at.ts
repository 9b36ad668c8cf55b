import { computed, type ComputedRef } from 'vue';
import { timeAt } from '../../lib/time-scale.ts';
import { useView } from '../stage/index.ts';
import { usePlayer } from '../transport/index.ts';

/** The second whose values the lanes tell: under the pointer, or, for who uses the keyboard, at the playhead. */
export function useLookedAt(): ComputedRef<number> {
  const view = useView();
  const player = usePlayer();
  return computed(() => (view.pointer === null ? player.time : timeAt(view.scale, view.pointer)));
}
