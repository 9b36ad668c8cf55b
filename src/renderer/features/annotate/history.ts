import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { HistoryEntry, HistoryState } from '#shared/contract/annotation.ts';
import { useApi } from '../../lib/api.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useLibrary } from '../library/index.ts';
import { useActs } from './acts.ts';

const pageSize = 100;

/** Everything that was done in the project, and the ways back and forth. */
export const useHistory = defineStore('history', () => {
  const { library } = useApi();
  const { attempt, show } = useToasts();
  const recordings = useLibrary();
  const acts = useActs();

  const state = shallowRef<HistoryState>({ undo: null, redo: null });
  /** Newest first, as far as anybody has looked. */
  const entries = shallowRef<readonly HistoryEntry[]>([]);
  const complete = shallowRef(false);

  library.on('history.changed', (now) => {
    state.value = now;
    // What was done since stands at the top, and what was undone changes its look further down.
    if (entries.value.length > 0) void read(null, entries.value.length);
  });

  function load(): Promise<void> {
    return attempt(async () => {
      state.value = await library.call('history.state', {});
    });
  }

  function read(before: number | null, least = 0): Promise<void> {
    return attempt(async () => {
      const limit = Math.min(500, Math.max(pageSize, least));
      const found = await library.call('history.list', { before, limit });
      entries.value = before === null ? found : [...entries.value, ...found];
      complete.value = found.length < limit;
    });
  }

  function walk(way: 'undo' | 'redo'): Promise<void> {
    return acts.inTurn(async () => {
      const entry = await library.call(`history.${way}`, {});
      if (!entry) return;
      const elsewhere = entry.recordingId !== null && entry.recordingId !== recordings.selectedId;
      if (entry.recordingId !== null && elsewhere) recordings.select(entry.recordingId);
      show({
        kind: 'notice',
        message: `${way === 'undo' ? 'Undid' : 'Did again'}: ${entry.words}`,
        hint: elsewhere ? `In ${entry.recording}.` : '',
        topic: 'history',
      });
    });
  }

  return {
    ...{ state, entries, complete, load },
    refresh: () => read(null),
    more: () => read(entries.value.at(-1)?.id ?? null),
    undo: () => walk('undo'),
    redo: () => walk('redo'),
    /** Undoes or redoes until the entry is the newest that holds; 0 is the beginning. */
    goTo: (id: number) => acts.inTurn(() => library.call('history.goTo', { id })),
  };
});
