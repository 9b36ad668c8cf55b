export { default as SpeakerCard } from './speaker-card.vue';
