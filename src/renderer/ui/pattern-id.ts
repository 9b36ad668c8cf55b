import type { EmotionLook } from '../lib/emotion-look.ts';

/** Id of a look's `<pattern>` in the page; hues are unique among the looks in use. */
export function patternId(look: EmotionLook): string {
  return `emotion-${look.light.slice(1)}`;
}
