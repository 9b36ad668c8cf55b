import type { EmotionLook } from '../lib/emotion-look.ts';

/** Id of a look's `<pattern>` in the page; hue and pattern together are a look's own. */
export function patternId(look: EmotionLook): string {
  return `emotion-${look.pattern}-${look.light.slice(1)}`;
}
