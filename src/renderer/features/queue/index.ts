export { default as QueueBar } from './queue-bar.vue';
export { default as QueueDialog } from './queue-dialog.vue';
export { useQueue } from './queue.ts';
