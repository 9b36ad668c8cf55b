import { describe, expect, it } from 'vitest';
import { menuCommand } from '#shared/contract/shell.ts';
import {
  chordOf,
  commandFor,
  keyCaps,
  shortcuts,
  type KeyPress,
} from '../../../src/renderer/lib/keys.ts';

interface Held {
  readonly ctrl?: boolean;
  readonly meta?: boolean;
  readonly shift?: boolean;
  readonly alt?: boolean;
  readonly altGraph?: boolean;
}

function press(key: string, held: Held = {}): KeyPress {
  return {
    key,
    ctrlKey: held.ctrl ?? false,
    metaKey: held.meta ?? false,
    shiftKey: held.shift ?? false,
    altKey: held.alt ?? false,
    getModifierState: (modifier) => modifier === 'AltGraph' && (held.altGraph ?? false),
  };
}

describe('a key press', () => {
  it.each([
    ['Space', press(' ')],
    ['Shift+ArrowLeft', press('ArrowLeft', { shift: true })],
    ['L', press('l')],
    ['Shift+U', press('U', { shift: true })],
    ['Mod+Alt+Shift+ArrowLeft', press('ArrowLeft', { ctrl: true, alt: true, shift: true })],
    ['?', press('?', { shift: true })],
    ['Mod+Shift+E', press('E', { ctrl: true, shift: true })],
    ['Mod+E', press('e', { meta: true })],
    ['Alt+L', press('l', { alt: true })],
    ['Mod++', press('+', { ctrl: true, shift: true })],
    // A German keyboard has [ on AltGr+8, which Windows reports as Ctrl+Alt.
    ['[', press('[', { ctrl: true, alt: true, altGraph: true })],
  ])('reads %s', (chord, pressed) => {
    expect(chordOf(pressed)).toBe(chord);
  });

  it('with another modifier is another chord, so that Ctrl+L does not loop', () => {
    expect(commandFor(chordOf(press('l')))).toBe('loop');
    expect(commandFor(chordOf(press('l', { ctrl: true })))).toBeUndefined();
    expect(commandFor(chordOf(press('l', { alt: true })))).toBeUndefined();
  });
});

describe('the table of keys', () => {
  it('gives no chord to two commands', () => {
    const chords = shortcuts.flatMap(({ keys }) => keys);
    expect(new Set(chords).size).toBe(chords.length);
  });

  it('has every command of the menu that a key could be wanted for', () => {
    const bound = new Set<string>(shortcuts.map(({ command }) => command));
    expect(menuCommand.options.filter((command) => !bound.has(command))).toEqual([
      'project-copy',
      'project-reveal',
      'tour',
      'responsible-use',
      'about',
    ]);
  });

  it('is shown in the words of the keyboard at hand', () => {
    expect(keyCaps('Mod+Shift+E', false)).toEqual(['Ctrl', 'Shift', 'E']);
    expect(keyCaps('Mod+Shift+E', true)).toEqual(['⌘', '⇧', 'E']);
    expect(keyCaps('+', false)).toEqual(['+']);
    expect(keyCaps('Mod++', false)).toEqual(['Ctrl', '+']);
  });
});
