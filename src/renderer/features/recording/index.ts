export { useRecording } from './recording.ts';
export type { Emotions } from './recording.ts';
