import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { useApi } from '../../lib/api.ts';
import { count } from '../../lib/words.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useLibrary } from '../library/index.ts';
import { useExamining } from './examining.ts';
import { outcomeWords } from './targets.ts';

/** Bringing annotations of other programs in: the dialog about it, and the act at its end. */
export const useImporting = defineStore('importing', () => {
  const { library, shell } = useApi();
  const list = useLibrary();
  const toasts = useToasts();
  const examining = useExamining();

  const open = ref(false);
  const storing = ref(false);

  watch(open, (now) => {
    if (!now) examining.leave();
  });
  watch(
    () => list.annotations,
    ({ chosen, beside }) => {
      if (chosen.length > 0) void begin([...chosen, ...beside]);
      else if (beside.length > 0) offer(beside);
    },
  );

  function begin(grants: readonly string[]): Promise<void> {
    open.value = true;
    return toasts.attempt(async () => {
      try {
        await examining.examine(grants, list.selected?.id ?? null);
      } catch (error) {
        open.value = false;
        throw error;
      }
    });
  }

  /** Found in a folder with recordings: nobody has asked for them yet. */
  function offer(grants: readonly string[]): void {
    const lie = grants.length === 1 ? 'lies' : 'lie';
    toasts.show({
      kind: 'notice',
      message: `${count(grants.length, 'file')} of annotations ${lie} beside the recordings.`,
      hint: '',
      topic: 'annotations',
      way: { words: 'Import…', go: () => void begin(grants) },
    });
  }

  async function store(): Promise<void> {
    const { decided } = examining;
    if (!decided) return;
    storing.value = true;
    const signal = examining.anew();
    await toasts.attempt(async () => {
      const done = await library.call('annotations.import', decided, { signal });
      const [first] = done.recordings;
      if (first !== undefined && !done.recordings.includes(list.selectedId)) list.select(first);
      open.value = false;
      const hint = 'One undo takes all of it back.';
      toasts.show({ kind: 'done', message: outcomeWords(done), hint });
    });
    storing.value = false;
  }

  function choose(): Promise<void> {
    return toasts.attempt(async () => {
      const grants = await shell.call('dialog.openAnnotations', {});
      if (grants.length > 0) await begin(grants);
    });
  }

  return { open, storing, begin, store, choose };
});
