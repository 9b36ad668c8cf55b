import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { Examination, ImportReport } from '#shared/contract/exchange.ts';
import type { ImportMapping } from '#shared/domain/import-mapping.ts';
import type { Progress } from '#shared/rpc/contract.ts';
import { useApi } from '../../lib/api.ts';
import { useToasts } from '../../ui/toasts.ts';
import { proposedMapping } from './targets.ts';

/** What files of annotations hold, how a person maps it, and what would become of every row. */
export const useExamining = defineStore('examining', () => {
  const { library } = useApi();
  const { attempt } = useToasts();

  const examination = shallowRef<Examination | null>(null);
  const mapping = shallowRef<ImportMapping | null>(null);
  /** Null until it has been counted for the mapping as it is. */
  const report = shallowRef<ImportReport | null>(null);
  /** How far reading the files has come. */
  const progress = shallowRef<Progress | null>(null);
  /** What is examined and decided; null before. */
  const decided = computed(() =>
    examination.value && mapping.value
      ? { id: examination.value.id, mapping: mapping.value }
      : null,
  );
  let work = new AbortController();

  /** Whatever is still being done is given up. */
  function anew(): AbortSignal {
    work.abort();
    work = new AbortController();
    return work.signal;
  }

  function leave(): void {
    anew();
    const { value: left } = examination;
    examination.value = mapping.value = report.value = progress.value = null;
    if (left) void attempt(() => library.call('annotations.forget', { id: left.id }));
  }

  async function examine(grants: readonly string[], preferred: number | null): Promise<void> {
    leave();
    const { signal } = work;
    const onProgress = (now: Progress): void => {
      progress.value = now;
    };
    const args = { grants, preferred };
    examination.value = await library.call('annotations.examine', args, { signal, onProgress });
    map(proposedMapping(examination.value));
  }

  function map(now: ImportMapping): void {
    mapping.value = now;
    report.value = null;
    const signal = anew();
    void attempt(async () => {
      if (!decided.value) return;
      report.value = await library.call('annotations.preview', decided.value, { signal });
    });
  }

  function mapOne<P extends keyof ImportMapping>(
    part: P,
    index: number,
    target: ImportMapping[P][number],
  ): void {
    if (!mapping.value) return;
    const targets = mapping.value[part].map((old, at) => (at === index ? target : old));
    map({ ...mapping.value, [part]: targets });
  }

  return { examination, mapping, report, progress, decided, examine, mapOne, leave, anew };
});
