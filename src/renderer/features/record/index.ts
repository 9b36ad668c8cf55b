export { default as RecordButton } from './record-button.vue';
export { default as RecordStage } from './record-stage.vue';
export { useInput } from './input.ts';
export { useRecorder } from './recorder.ts';
