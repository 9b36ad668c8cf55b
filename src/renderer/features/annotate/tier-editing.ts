import { defineStore } from 'pinia';
import type { Tier } from '#shared/domain/tier.ts';
import { useApi } from '../../lib/api.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useTiers } from '../segments/index.ts';
import { useActs } from './acts.ts';
import { useHistory } from './history.ts';

/** Adding, renaming and removing tiers; each is an act like those on segments. */
export const useTierEditing = defineStore('tier editing', () => {
  const { library } = useApi();
  const { show } = useToasts();
  const tiers = useTiers();
  const acts = useActs();
  const history = useHistory();

  return {
    add: (kind: Exclude<Tier['kind'], 'model'>, name: string) =>
      acts.inTurn(async () => {
        await tiers.add(kind, name);
      }),
    rename: ({ id }: Tier, name: string) =>
      acts.inTurn(() => library.call('tiers.rename', { id, name })),
    remove: ({ id, name }: Tier) =>
      acts.inTurn(async () => {
        await library.call('tiers.remove', { id });
        show({
          kind: 'notice',
          message: `Removed ${name} with its segments in every recording.`,
          hint: '',
          topic: 'history',
          way: { words: 'Undo', go: () => void history.undo() },
        });
      }),
  };
});
