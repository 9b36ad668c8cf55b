import { areaStrength, boxTint } from './strengths.ts';

type Rgb = readonly [red: number, green: number, blue: number];

/** What colours stand on and what stands on them, as in styles/tokens.css. */
export const grounds = {
  light: { stage: '#fcfcfb', text: '#50545b', away: '#000000' },
  dark: { stage: '#141517', text: '#b0b4bb', away: '#ffffff' },
} as const;

/**
 * A colour that somebody chose, as it is shown in either theme: itself where that is enough, otherwise as
 * little darker (lighter in the dark) as it takes for an area of it to stand out from the stage by 3:1 and
 * for text on a box of it to keep 4.5:1.
 */
export function shownColour(colour: string, theme: keyof typeof grounds): string {
  const { stage, text, away } = grounds[theme];
  for (let share = 0; share < 1; share += 0.02) {
    const candidate = mix(away, share, colour);
    const area = contrast(mix(candidate, areaStrength[theme], stage), stage);
    const box = contrast(text, mix(candidate, boxTint, stage));
    if (area >= 3 && box >= 4.5) return candidate;
  }
  return away;
}

/** `share` of one colour over another, mixed as a screen mixes. */
function mix(top: string, share: number, ground: string): string {
  const [front, back] = [channels(top), channels(ground)];
  const mixed = front.map((value, at) => value * share + (back[at] ?? 0) * (1 - share));
  return `#${mixed.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

/** Contrast ratio of WCAG 2, 1 to 21. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

function channels(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
