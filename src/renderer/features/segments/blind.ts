import { defineStore } from 'pinia';
import { ref, watch } from 'vue';

/**
 * Whether a person is to answer without knowing what the model says. Everything marked `data-tells-label`
 * is hidden meanwhile, from eyes and from screen readers (see base.css).
 */
export const useBlind = defineStore('blind', () => {
  const on = ref(false);
  watch(
    on,
    (now) => {
      document.documentElement.toggleAttribute('data-blind', now);
    },
    { flush: 'sync' },
  );
  return { on };
});
