import { readFileSync } from 'node:fs';

export const themes = ['light', 'dark'] as const;
export type ThemeName = (typeof themes)[number];

const sheet = readFileSync(
  new URL('../../../src/renderer/styles/tokens.css', import.meta.url),
  'utf8',
);

/** The value of a custom property in one theme, as the style sheet has it. */
export function token(theme: ThemeName, property: string): string {
  const [light = '', dark = ''] = sheet.split('@media (prefers-color-scheme: dark)');
  const found = new RegExp(`${property}: (#[0-9a-f]{6});`).exec(theme === 'light' ? light : dark);
  if (!found?.[1]) throw new Error(`No colour ${property} in the ${theme} theme`);
  return found[1];
}
