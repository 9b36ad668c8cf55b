export { default as ExportDialog } from './export-dialog.vue';
export { default as ExportMenu } from './export-menu.vue';
export { useExport } from './export.ts';
