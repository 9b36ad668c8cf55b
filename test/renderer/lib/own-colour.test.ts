import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksFor } from '../../../src/renderer/lib/emotion-look.ts';
import { grounds, shownColour } from '../../../src/renderer/lib/own-colour.ts';
import { areaStrength, boxTint } from '../../../src/renderer/lib/strengths.ts';
import { contrast, fromHex, over } from '../support/colour-vision.ts';
import { themes, token } from '../support/tokens.ts';

const colours = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe.each(themes)('a colour of one’s own in the %s theme', (theme) => {
  const { stage, text } = grounds[theme];

  it('is judged on the grounds of the style sheet', () => {
    expect(token(theme, '--stage')).toBe(stage);
    expect(token(theme, '--ink-soft')).toBe(text);
  });

  it('can always be seen, and text on it read', () => {
    fc.assert(
      fc.property(colours, (colour) => {
        const shown = shownColour(colour, theme);
        const area = over(shown, areaStrength[theme], stage);
        expect(contrast(area, fromHex(stage))).toBeGreaterThanOrEqual(2.99);
        expect(contrast(fromHex(text), over(shown, boxTint, stage))).toBeGreaterThanOrEqual(4.49);
      }),
    );
  });
});

describe('a colour that can be seen', () => {
  it('stays as it was chosen', () => {
    expect(shownColour('#c9341b', 'light')).toBe('#c9341b');
    expect(shownColour('#67d2c7', 'dark')).toBe('#67d2c7');
  });

  it('takes the place of the label’s own, and the pattern stays', () => {
    const before = looksFor(['angry', 'bored']);
    const after = looksFor(['angry', 'bored'], new Map([['angry', '#2a5dab']]));
    expect(after.get('angry')).toMatchObject({ light: '#2a5dab', pattern: 'lattice' });
    expect(after.get('bored')).toEqual(before.get('bored'));
  });
});
