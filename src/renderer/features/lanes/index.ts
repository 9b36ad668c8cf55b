export { default as LaneStack } from './lane-stack.vue';
export { default as LanesMenu } from './lanes-menu.vue';
export { useLanes } from './lanes.ts';
