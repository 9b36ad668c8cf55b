import { randomUUID } from 'node:crypto';
import { UndertoneError } from '#shared/contract/errors.ts';
import { modelTier, type Tier } from '#shared/domain/tier.ts';
import type { Project } from '../project.ts';
import { refusal } from './refusal.ts';

/** Changing the tiers of a project; each an act of its own. All throw `edit-refused` or `not-found`. */
export interface TierActs {
  readonly add: (kind: Exclude<Tier['kind'], 'model'>, name: string) => Tier;
  readonly rename: (id: string, name: string) => void;
  readonly remove: (id: string) => void;
}

export function createTierActs({ tiers, journal }: Project): TierActs {
  function find(id: string): Tier {
    const tier = tiers.list().find((candidate) => candidate.id === id);
    if (!tier) throw new UndertoneError('not-found', { subject: 'This tier' });
    if (id === modelTier) throw refusal('model-tier');
    return tier;
  }

  function assertFree(name: string, except?: string): void {
    const isTaken = tiers.list().some((tier) => tier.name === name && tier.id !== except);
    if (isTaken) throw refusal('name-taken');
  }

  return {
    add: (kind, name) =>
      journal.act({ words: `Added the tier ${name}`, recordingId: null }, () => {
        assertFree(name);
        const tier: Tier = { id: randomUUID(), kind, name };
        tiers.add(tier);
        return tier;
      }),
    rename: (id, name) => {
      const words = (before: string): string => `Renamed the tier ${before} to ${name}`;
      journal.act({ words, recordingId: null }, () => {
        const before = find(id).name;
        assertFree(name, id);
        tiers.rename(id, name);
        return before;
      });
    },
    remove: (id) => {
      const words = (name: string): string => `Removed the tier ${name}`;
      journal.act({ words, recordingId: null }, () => {
        const { name } = find(id);
        tiers.remove(id);
        return name;
      });
    },
  };
}
