import { defineStore } from 'pinia';
import { computed } from 'vue';
import { useApi } from '../../lib/api.ts';
import { count } from '../../lib/words.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useLibrary } from '../library/index.ts';

/** Writes emotion CSV for the open recording or for all that are analysed. */
export const useExport = defineStore('export', () => {
  const { library, shell } = useApi();
  const list = useLibrary();
  const toasts = useToasts();

  const ready = computed(() => list.recordings.filter(({ status }) => status.kind === 'ready'));
  const canExportOne = computed(() => list.selected?.status.kind === 'ready');
  const canExportAll = computed(() => ready.value.length > 0);

  function write(ids: readonly number[], suggestedName: string): Promise<void> {
    return toasts.attempt(async () => {
      const to = await shell.call('dialog.saveCsv', { suggestedName });
      if (to === null) return;
      const done = await library.call('export.csv', { ids, to });
      toasts.show({
        kind: 'done',
        message: `${count(done.rows, 'row')} of ${count(done.recordings, 'recording')} written.`,
        hint: done.path,
        way: {
          words: 'Show file',
          go: () => void toasts.attempt(() => shell.call('desktop.reveal', { grant: to })),
        },
      });
    });
  }

  function notYet(): void {
    toasts.show({
      kind: 'notice',
      message: 'There is nothing to export yet.',
      hint: 'A recording can be exported once it has been analysed.',
    });
  }

  return {
    canExportOne,
    canExportAll,
    exportOne: async () => {
      const { selected } = list;
      if (!selected || !canExportOne.value) notYet();
      else await write([selected.id], `${withoutExtension(selected.name)}.csv`);
    },
    exportAll: async () => {
      if (!canExportAll.value) {
        notYet();
        return;
      }
      await write(
        ready.value.map(({ id }) => id),
        'emotions.csv',
      );
    },
  };
});

function withoutExtension(name: string): string {
  return name.replace(/\.[^.]+$/, '');
}
