import { watchDebounced } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { Recording } from '#shared/domain/recording.ts';
import { allRecordings, type RecordingQuery } from '#shared/domain/recording-query.ts';
import { useApi } from '../../lib/api.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useLibrary } from './library.ts';

/** Which recordings the list shows, and which of those are chosen to be described together. */
export const useFinding = defineStore('finding', () => {
  const { library } = useApi();
  const { attempt } = useToasts();
  const list = useLibrary();

  // Shallow: what is deeply reactive cannot be sent to another process.
  const query = shallowRef<RecordingQuery>(allRecordings);
  /** Null where there is nothing to search for. */
  const ids = shallowRef<readonly number[] | null>(null);
  const chosen = shallowRef<ReadonlySet<number>>(new Set());

  const isSearch = computed(() => JSON.stringify(query.value) !== JSON.stringify(allRecordings));
  const found = computed<readonly Recording[]>(() => {
    if (ids.value === null) return list.recordings;
    const byId = new Map(list.recordings.map((recording) => [recording.id, recording]));
    return ids.value.flatMap((id) => byId.get(id) ?? []);
  });
  const chosenRecordings = computed(() => list.recordings.filter(({ id }) => chosen.value.has(id)));

  let lastSearch = 0;
  async function search(): Promise<void> {
    const mine = ++lastSearch;
    if (!isSearch.value) {
      ids.value = null;
      return;
    }
    await attempt(async () => {
      const answer = await library.call('recordings.search', query.value);
      // A slower answer to an older question must not take the place of this one.
      if (mine === lastSearch) ids.value = answer;
    });
  }
  watch(query, search);
  // While recordings are analysed they change ten times a second.
  watchDebounced(() => list.recordings, search, { debounce: 60, maxWait: 400 });

  function change(to: Partial<RecordingQuery>): void {
    query.value = { ...query.value, ...to };
  }

  /** With Ctrl one more or less, with Shift all up to it, else it alone. */
  function choose(id: number, press: Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'>): void {
    if (press.ctrlKey || press.metaKey) {
      const next = new Set(chosen.value.size > 0 ? chosen.value : [list.selectedId]);
      if (!next.delete(id)) next.add(id);
      chosen.value = next;
      return;
    }
    if (press.shiftKey) {
      chosen.value = new Set(between(found.value, list.selectedId, id));
      return;
    }
    chosen.value = new Set();
    list.select(id);
  }

  /** The one above or below the recording on the stage, as the list shows them. */
  function neighbour(by: 1 | -1): Recording | undefined {
    return found.value[found.value.findIndex(({ id }) => id === list.selectedId) + by];
  }

  return {
    query,
    isSearch,
    found,
    chosen,
    chosenRecordings,
    change,
    neighbour,
    clear: () => {
      query.value = allRecordings;
    },
    choose,
    chooseAll: () => {
      chosen.value = new Set(found.value.map(({ id }) => id));
    },
    chooseNone: () => {
      chosen.value = new Set();
    },
  };
});

function between(recordings: readonly Recording[], from: number, to: number): readonly number[] {
  const at = (wanted: number): number => recordings.findIndex(({ id }) => id === wanted);
  const [first, last] = [Math.max(0, at(from)), at(to)];
  return recordings.slice(Math.min(first, last), Math.max(first, last) + 1).map(({ id }) => id);
}
