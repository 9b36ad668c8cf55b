import { isEmotion } from '#shared/domain/label.ts';
import { shownColour } from './own-colour.ts';
import type { PatternName } from './patterns.ts';

/** How one label is shown: a hue for each theme, a pattern and an initial, so that hue never stands alone. */
export interface EmotionLook {
  readonly light: string;
  readonly dark: string;
  readonly pattern: PatternName;
  readonly initial: string;
}

type Hue = Omit<EmotionLook, 'initial'>;

/**
 * Chosen by search from hand-picked hues: in either theme, with full colour vision and with each of the
 * three colour blindnesses, every two differ by at least 0.06 and stacked neighbours by at least 0.1 in
 * OKLab, and each stands out from the stage by 3:1 (test/renderer/emotion-look.test.ts).
 */
const known: Readonly<Record<string, Hue & { readonly initial: string }>> = {
  neutral: { light: '#74676a', dark: '#9e9b92', pattern: 'dots', initial: 'N' },
  calm: { light: '#209ca3', dark: '#67d2c7', pattern: 'level', initial: 'C' },
  happy: { light: '#b97f02', dark: '#e19f19', pattern: 'rising', initial: 'H' },
  sad: { light: '#2a5dab', dark: '#64a3f0', pattern: 'falling', initial: 'S' },
  angry: { light: '#c9341b', dark: '#e0553a', pattern: 'lattice', initial: 'A' },
  fearful: { light: '#9259cd', dark: '#9a74e0', pattern: 'upright', initial: 'F' },
  disgust: { light: '#4d701c', dark: '#a3b767', pattern: 'crosses', initial: 'D' },
  surprised: { light: '#e1619a', dark: '#d26fb9', pattern: 'rings', initial: 'Su' },
};

/** For labels of one's own, handed out in order. */
const spare: readonly Hue[] = [
  { light: '#0e7f5c', dark: '#4fc49a', pattern: 'chevrons' },
  { light: '#8a5a2b', dark: '#c99a6b', pattern: 'bricks' },
  { light: '#5d6fb3', dark: '#93a4e6', pattern: 'waves' },
  { light: '#a04a6f', dark: '#cf86a6', pattern: 'dashes' },
  { light: '#7d7a1f', dark: '#c6c25a', pattern: 'triangles' },
  { light: '#3f7f93', dark: '#7fbfd2', pattern: 'squares' },
];

/**
 * One look for each label; those that the application does not know take the spare ones in turn. Colours
 * that people chose go before both, as far as they can be seen.
 */
export function looksFor(
  labels: readonly string[],
  colours: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, EmotionLook> {
  const looks = new Map<string, EmotionLook>();
  const taken = new Set(Object.values(known).map((look) => look.initial));
  let used = 0;
  for (const label of labels.filter(isEmotion)) {
    const own = Object.hasOwn(known, label) ? known[label] : undefined;
    const hue = own ?? spare[used++ % spare.length];
    if (!hue) continue;
    const initial = own?.initial ?? freeInitial(label, taken);
    taken.add(initial);
    looks.set(label, { ...hue, ...chosenHues(colours.get(label)), initial });
  }
  return looks;
}

function chosenHues(colour: string | undefined): Pick<Hue, 'light' | 'dark'> | undefined {
  if (colour === undefined) return undefined;
  return { light: shownColour(colour, 'light'), dark: shownColour(colour, 'dark') };
}

/** The shortest beginning of a label that no other label has for its initial. */
function freeInitial(label: string, taken: ReadonlySet<string>): string {
  const capital = label.charAt(0).toUpperCase() + label.slice(1).toLowerCase();
  for (let length = 1; length < capital.length; length += 1) {
    if (!taken.has(capital.slice(0, length))) return capital.slice(0, length);
  }
  return capital;
}
