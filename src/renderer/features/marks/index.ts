export { default as MarkFlags } from './mark-flags.vue';
export { default as MarkList } from './mark-list.vue';
export { useMarks } from './marks.ts';
