export { default as GainRow } from './gain-row.vue';
export { default as ModelPanel } from './model-panel.vue';
export { useModels } from './models.ts';
export { verdictWords } from './words.ts';
