export { bindKeys } from './bind-keys.ts';
export { useDialogs } from './dialogs.ts';
export { default as KeyboardDialog } from './keyboard-dialog.vue';
export { useCommands } from './use-commands.ts';
