import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { ExportFormat } from '#shared/contract/export.ts';
import type { Recording } from '#shared/domain/recording.ts';
import { withhold } from '#shared/domain/terms.ts';
import { useApi } from '../../lib/api.ts';
import { count } from '../../lib/words.ts';
import { useToday } from '../../lib/today.ts';
import { withheldWords } from '../../lib/withheld-words.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useFinding, useLibrary } from '../library/index.ts';
import { firstChoice, type ExportChoice, type Scope, type Wish } from './choice.ts';
import { createWriting } from './writing.ts';

const nothingYet = {
  kind: 'notice',
  message: 'There is nothing to export yet.',
  hint: 'A recording can be exported once it has been analysed.',
} as const;

const allWithheld = {
  kind: 'notice',
  message:
    'Nothing was exported: consent was refused or withdrawn, or the day agreed on has passed.',
  hint: 'In the dialog of exports such recordings can be taken all the same.',
} as const;

/** Writes what is said of recordings into files. */
export const useExport = defineStore('export', () => {
  const { library } = useApi();
  const list = useLibrary();
  const finding = useFinding();
  const toasts = useToasts();

  /** Whether the dialog that asks for everything is open. */
  const asking = ref(false);
  const formats = shallowRef<readonly ExportFormat[]>([]);
  const choice = useLocalStorage<ExportChoice>('export-choice', firstChoice);
  const writing = createWriting();
  const today = useToday();

  const ready = computed(() => list.recordings.filter(({ status }) => status.kind === 'ready'));
  const canExportOne = computed(() => list.selected?.status.kind === 'ready');
  const canExportAll = computed(() => ready.value.length > 0);
  /** The recordings that each scope means; a scope without any is not offered. */
  const scopes = computed<Readonly<Record<Scope, readonly Recording[]>>>(() => ({
    this: list.selected ? [list.selected] : [],
    chosen: finding.chosenRecordings.length > 1 ? finding.chosenRecordings : [],
    found: finding.isSearch ? finding.found : [],
    all: list.recordings,
  }));

  async function readFormats(): Promise<readonly ExportFormat[]> {
    if (formats.value.length === 0) formats.value = await library.call('export.formats', {});
    return formats.value;
  }

  async function write(wish: Wish): Promise<void> {
    await toasts.attempt(async () => {
      const { used } = withhold(scopes.value[wish.scope], today.value);
      if (used.length === 0 && !wish.withheldToo) {
        toasts.show({ ...allWithheld, way: { words: 'Export…', go: () => void ask() } });
        return;
      }
      const format = (await readFormats()).find(({ id }) => id === wish.format);
      if (format) await writing.write(wish, format, scopes.value[wish.scope]);
    });
  }

  async function ask(): Promise<void> {
    await toasts.attempt(async () => {
      await readFormats();
      if (canExportAll.value) asking.value = true;
      else toasts.show(nothingYet);
    });
  }

  const quickly = { ...firstChoice, tier: null, speakerNames: false, withheldToo: false };
  return {
    asking,
    formats,
    choice,
    fraction: writing.fraction,
    scopes,
    canExportOne,
    canExportAll,
    write,
    cancel: writing.cancel,
    ask,
    exportOne: async () => {
      if (canExportOne.value) await write({ ...quickly, scope: 'this' });
      else toasts.show(nothingYet);
    },
    exportAll: async () => {
      if (canExportAll.value) await write({ ...quickly, scope: 'all' });
      else toasts.show(nothingYet);
    },
    /** What of a scope is left out for want of consent, or for being kept too long. */
    withheld: (scope: Scope) => withheldWords(withhold(scopes.value[scope], today.value).withheld),
    notReady: (scope: Scope) => {
      const missing = scopes.value[scope].filter(({ status }) => status.kind !== 'ready').length;
      return missing === 0 ? '' : `${count(missing, 'recording')} not analysed: left out.`;
    },
  };
});
