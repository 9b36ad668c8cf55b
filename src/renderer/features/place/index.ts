export { usePlace } from './place.ts';
