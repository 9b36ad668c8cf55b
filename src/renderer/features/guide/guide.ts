import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { useApi } from '../../lib/api.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useLibrary } from '../library/index.ts';
import { tourSteps } from './tour-steps.ts';

/** What a new person is told: the statement of use, a recording to look at, three steps around it. */
export const useGuide = defineStore('guide', () => {
  const { shell, library } = useApi();
  const { attempt } = useToasts();
  const recordings = useLibrary();

  /** Kept with the page, which is the person's, not with a project. */
  const understood = useLocalStorage('use-understood', false);
  const statementsShown = ref(false);
  /** Null while there is no tour. */
  const at = ref<number | null>(null);
  const step = computed(() => (at.value === null ? null : (tourSteps[at.value] ?? null)));

  function startTour(): void {
    at.value = 0;
  }

  function openSample(): Promise<void> {
    return attempt(async () => {
      const grant = await shell.call('sample.offer', {});
      const { id } = await library.call('recordings.addSample', { grant });
      recordings.select(id);
      startTour();
    });
  }

  /** The first start of all begins with the sample. */
  async function begin(): Promise<void> {
    const { first } = await shell.call('start.describe', {});
    if (first && recordings.recordings.length === 0) await openSample();
  }

  return {
    understood,
    statementsShown,
    at,
    step,
    steps: tourSteps.length,
    startTour,
    openSample,
    begin: () => attempt(begin),
    next: () => {
      const next = (at.value ?? 0) + 1;
      at.value = next < tourSteps.length ? next : null;
    },
    back: () => {
      at.value = Math.max(0, (at.value ?? 0) - 1);
    },
    endTour: () => {
      at.value = null;
    },
  };
});
