import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { AgreementResult } from '#shared/contract/agreement.ts';
import { toErrorShape, type ErrorShape } from '#shared/contract/errors.ts';
import { noSpeech, unsure } from '#shared/domain/label.ts';
import { modelTier } from '#shared/domain/tier.ts';
import type { Progress } from '#shared/rpc/contract.ts';
import { useApi } from '../../lib/api.ts';
import { useFinding, useLibrary } from '../library/index.ts';
import { useTiers } from '../segments/index.ts';

export type Scope = 'open' | 'chosen' | 'all';

type Measured =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'working'; readonly progress: Progress | null }
  | { readonly kind: 'ready'; readonly result: AgreementResult }
  | { readonly kind: 'failed'; readonly error: ErrorShape };

/** How far those who labelled agree, with each other and with the model. */
export const useAgreement = defineStore('agreement', () => {
  const { library } = useApi();
  const list = useLibrary();
  const finding = useFinding();
  const tiers = useTiers();

  const scope = ref<Scope>('open');
  /** Of those that can be compared, the ones that are not. */
  const without = ref<readonly string[]>([]);
  /** Whether the model's words for what is no emotion count as nothing said. */
  const emotionsOnly = ref(true);
  const measured = shallowRef<Measured>({ kind: 'nothing' });
  /** Set where labels have changed since the numbers were made. */
  const stale = ref(false);
  let work = new AbortController();

  const comparable = computed(() => tiers.tiers.filter(({ kind }) => kind !== 'speakers'));
  const compared = computed(() =>
    comparable.value.map(({ id }) => id).filter((id) => !without.value.includes(id)),
  );
  const ids = computed(() => {
    if (scope.value === 'all') return null;
    return scope.value === 'chosen' ? [...finding.chosen] : list.selected ? [list.selectedId] : [];
  });

  /** Another question is another text; while recordings are analysed much changes that is none. */
  const question = computed(() => {
    const status = scope.value === 'open' ? list.selected?.status.kind : undefined;
    return JSON.stringify([ids.value, compared.value, emotionsOnly.value, status]);
  });

  library.on('segments.changed', () => {
    stale.value = true;
  });

  function toggle(id: string): void {
    const off = without.value.includes(id);
    without.value = off ? without.value.filter((each) => each !== id) : [...without.value, id];
  }

  function cancel(): void {
    work.abort();
    measured.value = { kind: 'nothing' };
  }

  async function measure(): Promise<void> {
    work.abort();
    if (compared.value.length < 2 || ids.value?.length === 0) {
      measured.value = { kind: 'nothing' };
      return;
    }
    work = new AbortController();
    const { signal } = work;
    const ignored = emotionsOnly.value ? [noSpeech, unsure] : [];
    const onProgress = (progress: Progress): void => {
      if (!signal.aborted) measured.value = { kind: 'working', progress };
    };
    stale.value = false;
    measured.value = { kind: 'working', progress: null };
    try {
      const args = { ids: ids.value, tiers: compared.value, ignored };
      const result = await library.call('agreement.measure', args, { signal, onProgress });
      measured.value = { kind: 'ready', result };
    } catch (error) {
      if (!signal.aborted) measured.value = { kind: 'failed', error: toErrorShape(error) };
    }
  }

  const isCompared = (id: string): boolean => !without.value.includes(id);
  return {
    ...{ question, scope, emotionsOnly, measured, stale, comparable, compared, ids },
    ...{ isCompared, isModel: (id: string) => id === modelTier, toggle, measure, cancel },
  };
});
