import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { useApi } from '../../lib/api.ts';
import { count } from '../../lib/words.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useLibrary } from './library.ts';

/** Finding files again that were moved. */
export const useRelinking = defineStore('relinking', () => {
  const { library, shell } = useApi();
  const { attempt, show } = useToasts();
  const list = useLibrary();

  /** How far the search of a folder has come; null where there is none. */
  const searched = ref<number | null>(null);
  const missing = computed(() => list.recordings.filter((recording) => recording.missing));
  let search = new AbortController();

  return {
    searched,
    missing,
    /** The file that the person chooses is taken if it has the same content. */
    relink: (id: number) =>
      attempt(async () => {
        const [to] = await shell.call('dialog.openFiles', {});
        if (to !== undefined) await library.call('recordings.relink', { id, to });
      }),
    searchFolder: () =>
      attempt(async () => {
        const grants = await shell.call('dialog.openFolder', {});
        if (grants.length === 0) return;
        search = new AbortController();
        searched.value = 0;
        try {
          const outcome = await library.call(
            'recordings.relinkFrom',
            { grants },
            {
              signal: search.signal,
              onProgress: ({ fraction }) => {
                searched.value = fraction;
              },
            },
          );
          show({
            kind: outcome.found.length > 0 ? 'done' : 'notice',
            message: `${count(outcome.found.length, 'recording')} found again.`,
            hint: outcome.missing > 0 ? `Still missing: ${outcome.missing}.` : '',
          });
        } finally {
          searched.value = null;
        }
      }),
    cancel: () => {
      search.abort();
    },
  };
});
