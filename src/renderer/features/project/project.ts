import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { ModelSummary } from '#shared/contract/engine.ts';
import type { LabelDefinition } from '#shared/domain/label-definition.ts';
import { isEmotion } from '#shared/domain/label.ts';
import { useApi } from '../../lib/api.ts';
import { looksFor, type EmotionLook } from '../../lib/emotion-look.ts';
import { useToasts } from '../../ui/toasts.ts';

/** The open project: its model, and with that the labels there are and how each of them looks. */
export const useProject = defineStore('project', () => {
  const { library } = useApi();
  const { attempt } = useToasts();

  const model = shallowRef<ModelSummary | null>(null);
  const labels = computed<readonly string[]>(() => model.value?.labels ?? []);
  /** The labels that people can give. */
  const definitions = shallowRef<readonly LabelDefinition[]>([]);
  /** Labels met in recordings; one that another model analysed may have some that this one has not. */
  const met = shallowRef<readonly string[]>([]);
  const looks = computed<ReadonlyMap<string, EmotionLook>>(() => {
    const given = definitions.value.map(({ name }) => name);
    const colours = definitions.value.flatMap(({ name, colour }) =>
      colour === null ? [] : [[name, colour] as const],
    );
    return looksFor([...new Set([...labels.value, ...given, ...met.value])], new Map(colours));
  });

  library.on('labels.changed', (now) => {
    definitions.value = now;
  });

  function meet(found: readonly string[]): void {
    const fresh = [...new Set(found)].filter(
      (label) => isEmotion(label) && !looks.value.has(label),
    );
    if (fresh.length > 0) met.value = [...met.value, ...fresh];
  }

  function load(): Promise<void> {
    return attempt(async () => {
      model.value = (await library.call('project.describe', {})).model;
      definitions.value = await library.call('labels.list', {});
    });
  }

  return { model, labels, definitions, looks, meet, load };
});
