import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { ImportFailure } from '#shared/contract/library.ts';
import type { Recording } from '#shared/domain/recording.ts';
import { useApi } from '../../lib/api.ts';
import { useAnnouncer } from '../../ui/announcer.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useProject } from '../project/index.ts';
import { isPending, mergeRecordings, news, searchRecordings } from './recordings.ts';

/** The recordings of the open project, and what can be done with them. */
export const useLibrary = defineStore('library', () => {
  const { library, shell, grantDropped } = useApi();
  const { attempt } = useToasts();
  const { say } = useAnnouncer();
  const { meet } = useProject();

  const recordings = shallowRef<readonly Recording[]>([]);
  const loaded = ref(false);
  const query = ref('');
  const importFailures = shallowRef<readonly ImportFailure[]>([]);
  const selectedId = useLocalStorage('selected-recording', 0);

  const found = computed(() => searchRecordings(recordings.value, query.value));
  const pending = computed(() => recordings.value.filter(isPending));
  const selected = computed(() => recordings.value.find(({ id }) => id === selectedId.value));

  library.on('recordings.changed', (changed) => {
    say(news(recordings.value, changed));
    meet(changed.flatMap(({ ribbon }) => ribbon));
    recordings.value = mergeRecordings(recordings.value, changed);
    if (!selected.value) select(recordings.value[0]?.id ?? 0);
  });
  library.on('recordings.removed', (ids) => {
    recordings.value = recordings.value.filter(({ id }) => !ids.includes(id));
    if (!selected.value) select(recordings.value[0]?.id ?? 0);
  });

  function load(): Promise<void> {
    return attempt(async () => {
      const list = await library.call('recordings.list', {});
      // What changed while the list was on its way is newer than the list.
      recordings.value = mergeRecordings(list, recordings.value);
      loaded.value = true;
      meet(list.flatMap(({ ribbon }) => ribbon));
      if (!selected.value) select(list[0]?.id ?? 0);
    });
  }

  function select(id: number): void {
    selectedId.value = id;
  }

  async function importGrants(grants: readonly string[]): Promise<void> {
    if (grants.length === 0) return;
    const { added, failures } = await library.call('recordings.import', { grants });
    importFailures.value = failures;
    const first = added[0];
    if (first !== undefined) select(first);
  }

  return {
    recordings,
    loaded,
    query,
    found,
    pending,
    selectedId,
    selected,
    importFailures,
    load,
    select,
    openFiles: () => attempt(async () => importGrants(await shell.call('dialog.openFiles', {}))),
    openFolder: () => attempt(async () => importGrants(await shell.call('dialog.openFolder', {}))),
    importDropped: (files: readonly File[]) =>
      attempt(async () => importGrants(await grantDropped(files))),
    cancel: (ids: readonly number[]) => attempt(() => library.call('recordings.cancel', { ids })),
    retry: (ids: readonly number[]) => attempt(() => library.call('recordings.retry', { ids })),
    remove: (ids: readonly number[]) => attempt(() => library.call('recordings.remove', { ids })),
    forgetImportFailures: () => {
      importFailures.value = [];
    },
  };
});
