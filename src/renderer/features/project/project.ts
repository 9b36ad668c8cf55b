import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { ModelSummary } from '#shared/contract/engine.ts';
import { useApi } from '../../lib/api.ts';
import { looksFor, type EmotionLook } from '../../lib/emotion-look.ts';
import { useToasts } from '../../ui/toasts.ts';

/** The open project: its model, and with that the labels there are and how each of them looks. */
export const useProject = defineStore('project', () => {
  const { library } = useApi();
  const { attempt } = useToasts();

  const model = shallowRef<ModelSummary | null>(null);
  const labels = computed<readonly string[]>(() => model.value?.labels ?? []);
  const looks = computed<ReadonlyMap<string, EmotionLook>>(() => looksFor(labels.value));

  function load(): Promise<void> {
    return attempt(async () => {
      model.value = (await library.call('project.describe', {})).model;
    });
  }

  return { model, labels, looks, load };
});
