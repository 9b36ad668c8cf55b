export { useAnswering } from './answering.ts';
export { useReview } from './review.ts';
export { default as ReviewPanel } from './review-panel.vue';
