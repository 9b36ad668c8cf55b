import { defineStore } from 'pinia';
import { ref } from 'vue';

/** What a screen reader says by itself: changes that one can see but that the focus does not go to. */
export const useAnnouncer = defineStore('announcer', () => {
  const words = ref('');
  return {
    words,
    say: (sentence: string) => {
      if (sentence) words.value = sentence;
    },
  };
});
