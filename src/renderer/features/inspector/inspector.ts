import { defineStore } from 'pinia';
import { ref } from 'vue';

/** Which page of the inspector shows, and what of it is to get the keys. */
export const useInspector = defineStore('inspector', () => {
  const tab = ref<'selection' | 'review' | 'history' | 'agreement' | 'model'>('selection');
  /** Rises whenever somebody asks to write a note. */
  const noteAsked = ref(0);
  return {
    tab,
    noteAsked,
    toggleHistory: () => {
      tab.value = tab.value === 'history' ? 'selection' : 'history';
    },
    writeNote: () => {
      tab.value = 'selection';
      noteAsked.value += 1;
    },
  };
});
