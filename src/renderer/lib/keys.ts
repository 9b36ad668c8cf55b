import type { MenuCommand } from '#shared/contract/shell.ts';

/** Everything that can be done by key; what the menu can do is among it. */
export type Command =
  | MenuCommand
  | 'to-start'
  | 'back'
  | 'forward'
  | 'back-far'
  | 'forward-far'
  | 'slower'
  | 'faster'
  | 'loop'
  | 'next-segment'
  | 'previous-segment'
  | 'deselect';

export interface Shortcut {
  readonly command: Command;
  readonly group: 'Listen' | 'Segments' | 'View' | 'Files' | 'Help';
  /** What it does, for the dialog that lists the keys. */
  readonly words: string;
  /** As `chordOf` writes them; the first is the one that is shown. */
  readonly keys: readonly string[];
}

/** The one table of keys: the page binds from it, buttons and the keyboard dialog show it. */
export const shortcuts: readonly Shortcut[] = [
  { command: 'play-pause', group: 'Listen', words: 'Play or pause', keys: ['Space'] },
  { command: 'to-start', group: 'Listen', words: 'To the start', keys: ['Home'] },
  { command: 'back', group: 'Listen', words: 'Back 1 s', keys: ['ArrowLeft'] },
  { command: 'forward', group: 'Listen', words: 'Forward 1 s', keys: ['ArrowRight'] },
  { command: 'back-far', group: 'Listen', words: 'Back 5 s', keys: ['Shift+ArrowLeft'] },
  { command: 'forward-far', group: 'Listen', words: 'Forward 5 s', keys: ['Shift+ArrowRight'] },
  { command: 'slower', group: 'Listen', words: 'Slower', keys: ['<'] },
  { command: 'faster', group: 'Listen', words: 'Faster', keys: ['>'] },
  {
    command: 'previous-segment',
    group: 'Segments',
    words: 'Previous segment',
    // Square brackets are hard to reach on many European keyboards.
    keys: ['[', 'PageUp'],
  },
  { command: 'next-segment', group: 'Segments', words: 'Next segment', keys: [']', 'PageDown'] },
  { command: 'loop', group: 'Segments', words: 'Loop the segment', keys: ['L'] },
  { command: 'deselect', group: 'Segments', words: 'Deselect', keys: ['Escape'] },
  { command: 'zoom-in', group: 'View', words: 'Zoom in', keys: ['+', '=', 'Mod++', 'Mod+='] },
  { command: 'zoom-out', group: 'View', words: 'Zoom out', keys: ['-', 'Mod+-'] },
  { command: 'zoom-fit', group: 'View', words: 'Show all', keys: ['0', 'Mod+0'] },
  { command: 'open-files', group: 'Files', words: 'Open files', keys: ['Mod+O'] },
  { command: 'open-folder', group: 'Files', words: 'Open a folder', keys: ['Mod+Shift+O'] },
  { command: 'export-recording', group: 'Files', words: 'Export this recording', keys: ['Mod+E'] },
  { command: 'export-all', group: 'Files', words: 'Export all', keys: ['Mod+Shift+E'] },
  { command: 'keyboard', group: 'Help', words: 'Show these keys', keys: ['?', 'F1'] },
];

const byChord = new Map(
  shortcuts.flatMap(({ command, keys }) => keys.map((chord) => [chord, command] as const)),
);

export function commandFor(chord: string): Command | undefined {
  return byChord.get(chord);
}

/** The modifiers and the key of a press, as far as a chord needs them. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'getModifierState'
>;

/**
 * A press as text: `Mod` is Ctrl, or Command on a Mac. Shift counts only where it does not already show in
 * the character: `?` is `?`, not `Shift+?`.
 */
export function chordOf(press: KeyPress): string {
  const key =
    press.key === ' ' ? 'Space' : press.key.length === 1 ? press.key.toUpperCase() : press.key;
  // AltGr, which types [ and ] on many keyboards, is reported as Ctrl and Alt held together.
  const typed = press.getModifierState('AltGraph');
  const mod = !typed && (press.ctrlKey || press.metaKey);
  const alt = !typed && press.altKey;
  const shift = press.shiftKey && (key.length > 1 || (mod && /\p{L}/u.test(key)));
  return [mod && 'Mod', alt && 'Alt', shift && 'Shift', key].filter(Boolean).join('+');
}

const signs: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  '-': '−',
  PageUp: 'Page up',
  PageDown: 'Page down',
};

/** A chord as the caps of its keys: `Mod+Shift+E` is Ctrl, Shift, E. */
export function keyCaps(chord: string, mac = isMac()): readonly string[] {
  // A plus may be the key itself, so the chord is split after each plus that has something before it.
  return chord.split(/(?<=[^+])\+/).map((key) => {
    if (key === 'Mod') return mac ? '⌘' : 'Ctrl';
    if (key === 'Shift' && mac) return '⇧';
    return signs[key] ?? key;
  });
}

/** The first key of a command, for the hint on a button. */
export function keyHint(command: Command): string {
  const chord = shortcuts.find((shortcut) => shortcut.command === command)?.keys[0];
  return chord === undefined ? '' : keyCaps(chord).join(' ');
}

function isMac(): boolean {
  return navigator.userAgent.includes('Mac');
}
