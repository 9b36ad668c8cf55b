export { default as AboutDialog } from './about-dialog.vue';
export { default as StatusBar } from './status-bar.vue';
export { useEngine } from './engine.ts';
