export { default as DropOverlay } from './drop-overlay.vue';
export { default as LibraryPanel } from './library-panel.vue';
export { deletedNews } from './deleted-news.ts';
export { useFinding } from './finding.ts';
export { useLibrary } from './library.ts';
export { isPending } from './recordings.ts';
export { default as RecordingFields } from './recording-fields.vue';
