export { default as InspectorPanel } from './inspector-panel.vue';
export { useInspector } from './inspector.ts';
