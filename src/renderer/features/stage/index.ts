export { default as EmotionStage } from './emotion-stage.vue';
export { default as StageHeader } from './stage-header.vue';
export { useView } from './view.ts';
