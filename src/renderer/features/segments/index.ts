export { useBlind } from './blind.ts';
export { useSegments } from './segments.ts';
export { useSelection } from './selection.ts';
export { useTiers } from './tiers.ts';
