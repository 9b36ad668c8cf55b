export { default as EmotionStage } from './emotion-stage.vue';
export { default as StageHeader } from './stage-header.vue';
export { paintEmotions, patternOffset } from './paint-emotions.ts';
export { paintChosen, paintSegments } from './paint-segments.ts';
export { caption, segmentBoxes, thinned, type SegmentBox } from './segment-boxes.ts';
export { paintTicks } from './paint-ticks.ts';
export { useView } from './view.ts';
