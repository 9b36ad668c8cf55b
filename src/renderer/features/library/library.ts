import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import type { RecordingChange } from '#shared/contract/catalogue.ts';
import type { Recording } from '#shared/domain/recording.ts';
import { useApi } from '../../lib/api.ts';
import { count } from '../../lib/words.ts';
import { useAnnouncer } from '../../ui/announcer.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useProject, useProjects } from '../project/index.ts';
import { useAdding } from './adding.ts';
import { isPending, mergeRecordings, news } from './recordings.ts';

/** With more than this to go, a screen reader is not told of each. */
const mostNews = 3;

/** The recordings of the open project, and what can be done with them. */
export const useLibrary = defineStore('library', () => {
  const { library } = useApi();
  const { attempt, show } = useToasts();
  const { say } = useAnnouncer();
  const { meet } = useProject();
  const projects = useProjects();

  const recordings = shallowRef<readonly Recording[]>([]);
  const loaded = ref(false);
  const selectedId = rememberSelection();

  const pending = computed(() => recordings.value.filter(isPending));
  const selected = computed(() => recordings.value.find(({ id }) => id === selectedId.value));

  const adding = useAdding(select);

  // Where the recording on the stage has gone, another one comes; news may come before the list itself.
  watch([recordings, loaded], () => {
    if (loaded.value && !selected.value) select(recordings.value[0]?.id ?? 0);
  });
  library.on('recordings.changed', (changed) => {
    // Of thousands, only the end is news.
    if (pending.value.length <= mostNews) say(news(recordings.value, changed));
    meet(changed.flatMap(({ ribbon }) => ribbon));
    recordings.value = mergeRecordings(recordings.value, changed);
  });
  library.on('recordings.removed', (ids) => {
    recordings.value = recordings.value.filter(({ id }) => !ids.includes(id));
  });

  function load(): Promise<void> {
    return attempt(async () => {
      await projects.load();
      const list = await library.call('recordings.list', {});
      // What changed while the list was on its way is newer than the list.
      recordings.value = mergeRecordings(list, recordings.value);
      loaded.value = true;
      meet(list.flatMap(({ ribbon }) => ribbon));
    });
  }

  function select(id: number): void {
    selectedId.value = id;
  }

  function putBack(ids: readonly number[]): Promise<void> {
    return attempt(() => library.call('recordings.putBack', { ids }));
  }

  return {
    recordings,
    loaded,
    pending,
    selectedId,
    selected,
    load,
    select,
    ...adding,
    cancel: (ids: readonly number[]) => attempt(() => library.call('recordings.cancel', { ids })),
    retry: (ids: readonly number[]) => attempt(() => library.call('recordings.retry', { ids })),
    remove: (ids: readonly number[]) =>
      attempt(async () => {
        await library.call('recordings.remove', { ids });
        show({
          kind: 'done',
          message: `${count(ids.length, 'recording')} taken off the list.`,
          hint: 'Nothing was deleted.',
          way: { words: 'Undo', go: () => void putBack(ids) },
        });
      }),
    putBack,
    describe: (ids: readonly number[], change: RecordingChange) =>
      attempt(() => library.call('recordings.describe', { ids, change })),
    checkFiles: () => attempt(() => library.call('recordings.checkFiles', {})),
  };
});

/** Which recording was on the stage last, for each project. */
function rememberSelection(): Ref<number> {
  const projects = useProjects();
  const selections = useLocalStorage<Readonly<Record<string, number>>>('selected-recordings', {});
  return computed({
    get: () => selections.value[projects.id] ?? 0,
    set: (id) => {
      selections.value = { ...selections.value, [projects.id]: id };
    },
  });
}
