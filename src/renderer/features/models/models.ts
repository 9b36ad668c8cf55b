import { useDebounceFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { LessonMaterial, ModelsState } from '#shared/contract/models.ts';
import type { ModelVersion } from '#shared/domain/model-version.ts';
import { useApi } from '../../lib/api.ts';
import { useAnnouncer } from '../../ui/announcer.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useProject } from '../project/index.ts';

/** Many edits in a row are counted once. */
const countAfter = 300;

/** @returns a function that throws what the library throws; cancelled by the signal */
function createCompare({ call }: Pick<ReturnType<typeof useApi>['library'], 'call'>) {
  return (id: string | null, signal: AbortSignal, onProgress: (fraction: number) => void) =>
    call(
      'models.compare',
      { id },
      {
        signal,
        onProgress: ({ fraction }) => {
          onProgress(fraction);
        },
      },
    );
}

/** The model of the project: what it can learn, how learning goes, and the versions there are. */
export const useModels = defineStore('models', () => {
  const { library } = useApi();
  const { attempt, show } = useToasts();
  const { say } = useAnnouncer();
  const project = useProject();

  const state = shallowRef<ModelsState | null>(null);
  const material = shallowRef<LessonMaterial | null>(null);
  /** Whether it is to learn from recordings without consent, too; asked for anew each time. */
  const withheldToo = ref(false);

  const retraining = computed(() => state.value?.retraining ?? { kind: 'idle' as const });
  const offer = computed(() => state.value?.versions.find(({ kept }) => !kept) ?? null);
  const kept = computed(() => state.value?.versions.filter(({ kept: isKept }) => isKept) ?? []);

  library.on('models.changed', (now) => {
    state.value = now;
  });
  library.on('recordings.removed', () => void load());
  const countSoon = useDebounceFn(count, countAfter);
  library.on('history.changed', () => void countSoon());
  watch(
    () => state.value?.active,
    (_, before) => {
      if (before === undefined) return;
      void project.load();
      void count();
    },
  );
  watch(withheldToo, count);
  watch(
    () => offer.value?.id,
    (id, before) => {
      if (id !== undefined && before === undefined) say('A retrained version is ready.');
    },
  );

  function count(): Promise<void> {
    return attempt(async () => {
      material.value = await library.call('models.material', {
        withheldToo: withheldToo.value,
      });
    });
  }

  function load(): Promise<void> {
    return attempt(async () => {
      state.value = await library.call('models.state', {});
      await count();
    });
  }

  function undo(): Promise<void> {
    return attempt(async () => {
      await library.call('history.undo', {});
    });
  }

  function keep({ id, number }: ModelVersion): Promise<void> {
    return attempt(async () => {
      await library.call('models.keep', { id });
      show({
        kind: 'done',
        message: `Version ${number} analyses from now on.`,
        hint: 'Recordings are heard again; what people labelled stays.',
        way: { words: 'Undo', go: () => void undo() },
      });
    });
  }

  return {
    ...{ state, material, withheldToo, retraining, offer, kept, load, keep },
    retrain: (labels: readonly string[] | null) =>
      attempt(async () => {
        await library.call('models.retrain', { labels, withheldToo: withheldToo.value });
        withheldToo.value = false;
      }),
    compare: createCompare(library),
    cancel: () => attempt(() => library.call('models.cancel', {})),
    discard: ({ id }: ModelVersion) => attempt(() => library.call('models.discard', { id })),
    activate: (id: string | null) => attempt(() => library.call('models.activate', { id })),
    describe: (id: string, note: string) =>
      attempt(() => library.call('models.describe', { id, note })),
  };
});
