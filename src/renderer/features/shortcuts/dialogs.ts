import { defineStore } from 'pinia';
import { ref } from 'vue';

/** Which dialog of the page is open. */
export const useDialogs = defineStore('dialogs', () => ({
  about: ref(false),
  keyboard: ref(false),
  labels: ref(false),
}));
