export { default as ModelPanel } from './model-panel.vue';
export { useModels } from './models.ts';
