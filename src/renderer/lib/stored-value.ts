import type { Directive } from 'vue';

type Field = HTMLInputElement | HTMLTextAreaElement;

/**
 * Shows what is stored in a field that is saved when it is left. With `:value` Vue puts the stored value back at each
 * render, and some other news in the middle of a word would take what was typed of it.
 */
export const vStoredValue: Directive<Field, string> = {
  beforeMount: (field, { value }) => {
    field.value = value;
  },
  updated: (field, { value, oldValue }) => {
    if (value !== oldValue || field !== document.activeElement) field.value = value;
  },
};
