export { default as DeleteSpeaker } from './delete-speaker.vue';
export { default as SpeakerCard } from './speaker-card.vue';
