import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { Tier } from '#shared/domain/tier.ts';

type Question =
  | { readonly kind: 'add'; readonly of: Exclude<Tier['kind'], 'model'> }
  | { readonly kind: 'rename'; readonly tier: Tier };

/** What the dialog that asks for the name of a tier is about; null while it is closed. */
export const useTierDialog = defineStore('tier dialog', () => {
  const question = shallowRef<Question | null>(null);
  return {
    question,
    open: (asked: Question) => {
      question.value = asked;
    },
    close: () => {
      question.value = null;
    },
  };
});
