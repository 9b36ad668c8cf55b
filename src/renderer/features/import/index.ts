export { default as ImportDialog } from './import-dialog.vue';
export { useImporting } from './importing.ts';
