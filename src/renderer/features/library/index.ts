export { default as DropOverlay } from './drop-overlay.vue';
export { default as LibraryPanel } from './library-panel.vue';
export { useLibrary } from './library.ts';
export { isPending } from './recordings.ts';
