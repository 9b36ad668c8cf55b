export { useGuide } from './guide.ts';
export { default as TourCard } from './tour-card.vue';
export { default as UseDialog } from './use-dialog.vue';
export { default as UseNotice } from './use-notice.vue';
