import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { useRecording } from '../recording/index.ts';
import { descriptorLooks } from './descriptors.ts';

const ids = ['spectrogram', ...descriptorLooks.map(({ id }) => id)] as const;
export type LaneId = (typeof ids)[number];

/** Which lanes stand under the rows of segments; the same for every recording, and at the next start. */
export const useLanes = defineStore('lanes', () => {
  const recording = useRecording();
  const wanted = useLocalStorage<readonly string[]>('lanes', []);
  const menuOpen = ref(false);

  /** In the order of the menu. */
  const shown = computed<readonly LaneId[]>(() => ids.filter((id) => wanted.value.includes(id)));

  function toggle(id: LaneId): void {
    wanted.value = wanted.value.includes(id)
      ? wanted.value.filter((other) => other !== id)
      : [...wanted.value, id];
  }

  return {
    shown,
    menuOpen,
    toggle,
    /** Only where there is a stage for them to stand on. */
    openMenu: () => {
      menuOpen.value = recording.duration > 0;
    },
  };
});
