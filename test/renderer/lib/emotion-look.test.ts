import { describe, expect, it } from 'vitest';
import { looksFor, type EmotionLook } from '../../../src/renderer/lib/emotion-look.ts';
import { areaStrength, boxTint } from '../../../src/renderer/lib/strengths.ts';
import {
  contrast,
  difference,
  fromHex,
  over,
  seenWith,
  visions,
} from '../support/colour-vision.ts';
import type { Vision } from '../support/colour-vision.ts';
import { themes, token } from '../support/tokens.ts';

const ravdess = ['neutral', 'calm', 'happy', 'sad', 'angry', 'fearful', 'disgust', 'surprised'];
const own = ['bored', 'sarcastic', 'surly', 'tired', 'tender', 'proud'];
const everyVision = Object.keys(visions) as Vision[];
const looks = [...looksFor(ravdess)];

function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((a, index) => items.slice(index + 1).map((b) => [a, b] as const));
}

describe.each(themes)('the hues of the %s theme', (theme) => {
  const stage = token(theme, '--stage');
  const ink = token(theme, '--ink');

  it.each([...looksFor([...ravdess, ...own])])('%s stands out from the stage by 3:1', (_, look) => {
    const area = over(look[theme], areaStrength[theme], stage);
    expect(contrast(area, fromHex(stage))).toBeGreaterThanOrEqual(3);
  });

  it.each([...looksFor([...ravdess, ...own])])('text on a box of %s keeps 4.5:1', (_, look) => {
    const box = over(look[theme], boxTint, stage);
    expect(contrast(fromHex(ink), box)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(fromHex(token(theme, '--ink-soft')), box)).toBeGreaterThanOrEqual(4.5);
  });

  describe.each(everyVision)('seen with %s', (vision) => {
    const apart = (a: EmotionLook, b: EmotionLook): number =>
      difference(seenWith(vision, fromHex(a[theme])), seenWith(vision, fromHex(b[theme])));

    it.each(looks.slice(1).map((look, index) => [looks[index]?.[0], look[0], index] as const))(
      '%s and %s, stacked on one another, are well apart',
      (_, __, index) => {
        const [below, above] = [looks[index]?.[1], looks[index + 1]?.[1]];
        expect(below && above && apart(below, above)).toBeGreaterThanOrEqual(0.1);
      },
    );

    it('every two can be told apart by colour alone', () => {
      for (const [[first, a], [second, b]] of pairs(looks)) {
        expect(apart(a, b), `${first} and ${second}`).toBeGreaterThanOrEqual(0.06);
      }
    });
  });
});

describe.each(themes)('the text of the %s theme', (theme) => {
  const grounds = ['--chrome', '--stage', '--raised'];
  const inks = ['--ink', '--ink-soft', '--ink-faint', '--accent', '--danger'];

  it.each(inks.flatMap((ink) => grounds.map((ground) => [ink, ground] as const)))(
    '%s on %s keeps 4.5:1',
    (ink, ground) => {
      const ratio = contrast(fromHex(token(theme, ink)), fromHex(token(theme, ground)));
      expect(ratio).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('keeps 4.5:1 on a primary button', () => {
    for (const ground of ['--accent', '--accent-strong']) {
      const ratio = contrast(fromHex(token(theme, '--on-accent')), fromHex(token(theme, ground)));
      expect(ratio).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('looks', () => {
  it('give each label a pattern and an initial of its own', () => {
    const all = [...looksFor([...ravdess, ...own]).values()];
    expect(new Set(all.map((look) => look.pattern)).size).toBe(all.length);
    expect(new Set(all.map((look) => look.initial)).size).toBe(all.length);
  });

  it('of a label do not depend on which other known labels there are', () => {
    expect(looksFor(['angry']).get('angry')).toEqual(looksFor(ravdess).get('angry'));
  });

  it('shorten own labels to the first letters that nothing else begins with', () => {
    const initials = [...looksFor([...ravdess, ...own]).values()].map((look) => look.initial);
    expect(initials.slice(8)).toEqual(['B', 'Sa', 'Sur', 'T', 'Te', 'P']);
  });

  it('are not made for what is no emotion', () => {
    expect([...looksFor(['unsure', 'no speech', 'calm']).keys()]).toEqual(['calm']);
  });

  it('start over when the spare ones are used up, rather than leave a label without', () => {
    const many = Array.from({ length: 9 }, (_, index) => `label ${index}`);
    expect([...looksFor(many).keys()]).toEqual(many);
  });
});
