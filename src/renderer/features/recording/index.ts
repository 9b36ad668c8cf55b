export { useRecording } from './recording.ts';
