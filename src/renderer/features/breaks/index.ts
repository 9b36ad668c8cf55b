export { default as BreakMenu } from './break-menu.vue';
