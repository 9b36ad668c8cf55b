export { usePlayer } from './player.ts';
export { default as TransportBar } from './transport-bar.vue';
export { highestPeak, toDecibels } from './level.ts';
