export { default as InspectorPanel } from './inspector-panel.vue';
