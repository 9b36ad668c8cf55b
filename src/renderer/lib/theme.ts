import { createSharedComposable, usePreferredDark } from '@vueuse/core';
import { computed, type ComputedRef } from 'vue';
import type { EmotionLook } from './emotion-look.ts';

/** The colours that canvases need; their values stand in styles/tokens.css. */
export interface Theme {
  readonly name: 'light' | 'dark';
  readonly stage: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly line: string;
  readonly wave: string;
  readonly wavePlayed: string;
  readonly hatch: string;
  readonly accent: string;
}

/** The theme that the system asks for, read anew from the style sheet when that changes. */
export const useTheme = createSharedComposable((): ComputedRef<Theme> => {
  const dark = usePreferredDark();
  return computed(() => readTheme(dark.value ? 'dark' : 'light'));
});

export function hueOf(look: EmotionLook, theme: Theme): string {
  return look[theme.name];
}

function readTheme(name: Theme['name']): Theme {
  const style = getComputedStyle(document.documentElement);
  const token = (property: string): string => style.getPropertyValue(property).trim();
  return {
    name,
    stage: token('--stage'),
    ink: token('--ink'),
    inkSoft: token('--ink-soft'),
    line: token('--line'),
    wave: token('--wave'),
    wavePlayed: token('--wave-played'),
    hatch: token('--hatch'),
    accent: token('--accent'),
  };
}
