import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { modelTier, type Tier } from '#shared/domain/tier.ts';
import { useApi } from '../../lib/api.ts';
import { useToasts } from '../../ui/toasts.ts';

const model: Tier = { id: modelTier, kind: 'model', name: 'Model' };

/** The rows of the timeline: the model's first, then people's. One of them has the keys. */
export const useTiers = defineStore('tiers', () => {
  const { library } = useApi();
  const { attempt } = useToasts();

  const tiers = shallowRef<readonly Tier[]>([model]);
  const activeId = useLocalStorage<string>('active-tier', modelTier);
  const ownId = useLocalStorage<string>('own-tier', '');

  const active = computed(() => tiers.value.find(({ id }) => id === activeId.value) ?? model);
  /** Where what a person says about the model's segments goes. */
  const own = computed(() => {
    const people = tiers.value.filter(({ kind }) => kind === 'annotator');
    return people.find(({ id }) => id === ownId.value) ?? people[0];
  });

  library.on('tiers.changed', take);

  function take(list: readonly Tier[]): void {
    const [models, others] = [true, false].map((is) =>
      list.filter(({ id }) => (id === modelTier) === is),
    );
    tiers.value = [...(models ?? []), ...(others ?? [])];
  }

  function activate(id: string): void {
    activeId.value = id;
    if (tiers.value.some((tier) => tier.id === id && tier.kind === 'annotator')) ownId.value = id;
  }

  /** Goes up or down among the rows; at either end it stays. */
  function step(by: 1 | -1): Tier | undefined {
    const next = tiers.value[tiers.value.indexOf(active.value) + by];
    if (next) activate(next.id);
    return next;
  }

  function load(): Promise<void> {
    return attempt(async () => {
      take(await library.call('tiers.list', {}));
    });
  }

  async function add(kind: Exclude<Tier['kind'], 'model'>, name: string): Promise<Tier> {
    const added = await library.call('tiers.add', { kind, name });
    if (!tiers.value.some(({ id }) => id === added.id)) take([...tiers.value, added]);
    activate(added.id);
    return added;
  }

  /** The annotator's tier to write to; made where nobody has one yet. */
  async function needOwn(): Promise<string> {
    return (own.value ?? (await add('annotator', 'Me'))).id;
  }

  return { tiers, activeId, active, own, load, activate, step, add, needOwn };
});
