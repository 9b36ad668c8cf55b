export const labelKeys = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
export type LabelKey = (typeof labelKeys)[number];

/** What the start, the end or the whole of the selected segments can be moved by. */
type Nudged = 'start' | 'end' | 'segment';
type Nudge = `${Nudged}-${'earlier' | 'later'}${'' | '-far'}`;

/** Everything that can be done by key or from the menu, by what it is about. */
interface CommandGroups {
  readonly Listen:
    | 'play-pause'
    | 'play-segment'
    | 'loop'
    | 'to-start'
    | 'back'
    | 'forward'
    | 'back-far'
    | 'forward-far'
    | 'next-mark'
    | 'previous-mark'
    | 'slower'
    | 'faster';
  readonly Choose:
    | 'next-segment'
    | 'previous-segment'
    | 'next-uncertain'
    | 'previous-uncertain'
    | 'extend-next'
    | 'extend-previous'
    | 'select-all'
    | 'tier-up'
    | 'tier-down'
    | 'deselect';
  readonly Label: `label-${LabelKey}` | 'accept' | 'accept-all' | 'note' | 'labels';
  readonly Review: 'review' | 'review-skip' | 'review-back' | 'review-autoplay';
  readonly Edit:
    | 'undo'
    | 'redo'
    | 'history'
    | 'mark-start'
    | 'mark-end'
    | 'create'
    | 'split'
    | 'merge'
    | 'delete'
    | Nudge;
  readonly View:
    | 'zoom-in'
    | 'zoom-out'
    | 'zoom-fit'
    | 'zoom-selection'
    | 'table'
    | 'spectrogram'
    | 'lanes'
    | 'queue';
  readonly Files:
    | 'project-new'
    | 'project-open'
    | 'project-copy'
    | 'project-reveal'
    | 'open-files'
    | 'open-folder'
    | 'import-annotations'
    | 'record'
    | 'export-recording'
    | 'export-all'
    | 'export-other';
  readonly Help: 'keyboard' | 'tour' | 'responsible-use' | 'about';
}
export type CommandGroup = keyof CommandGroups;
export type Command = CommandGroups[CommandGroup];
/** What each command of a group does. */
export type CommandsOf<G extends CommandGroup> = Readonly<Record<CommandGroups[G], () => void>>;

export const shortcutGroups = [
  'Listen',
  'Choose',
  'Label',
  'Review',
  'Edit',
  'View',
  'Files',
  'Help',
] as const satisfies readonly CommandGroup[];

export interface Shortcut {
  readonly command: Command;
  readonly group: CommandGroup;
  /** What it does, for the dialog that lists the keys. */
  readonly words: string;
  /** As `chordOf` writes them; the first is the one that is shown. */
  readonly keys: readonly string[];
}

/** The one table of keys: the page binds from it, buttons and the keyboard dialog show it. */
export const shortcuts: readonly Shortcut[] = [
  { command: 'play-pause', group: 'Listen', words: 'Play or pause', keys: ['Space'] },
  { command: 'play-segment', group: 'Listen', words: 'Play the selection', keys: ['P'] },
  { command: 'loop', group: 'Listen', words: 'Loop the selection', keys: ['L'] },
  { command: 'to-start', group: 'Listen', words: 'To the start', keys: ['Home'] },
  { command: 'back', group: 'Listen', words: 'Back 1 s', keys: ['ArrowLeft'] },
  { command: 'forward', group: 'Listen', words: 'Forward 1 s', keys: ['ArrowRight'] },
  { command: 'back-far', group: 'Listen', words: 'Back 5 s', keys: ['Shift+ArrowLeft'] },
  { command: 'forward-far', group: 'Listen', words: 'Forward 5 s', keys: ['Shift+ArrowRight'] },
  { command: 'next-mark', group: 'Listen', words: 'To the next mark', keys: ['K'] },
  { command: 'previous-mark', group: 'Listen', words: 'To the mark before', keys: ['Shift+K'] },
  { command: 'slower', group: 'Listen', words: 'Slower', keys: ['<'] },
  { command: 'faster', group: 'Listen', words: 'Faster', keys: ['>'] },

  // Square brackets are hard to reach on many European keyboards.
  { command: 'next-segment', group: 'Choose', words: 'Next segment', keys: [']', 'PageDown'] },
  {
    command: 'previous-segment',
    group: 'Choose',
    words: 'Previous segment',
    keys: ['[', 'PageUp'],
  },
  { command: 'next-uncertain', group: 'Choose', words: 'Next uncertain one', keys: ['U'] },
  {
    command: 'previous-uncertain',
    group: 'Choose',
    words: 'Previous uncertain one',
    keys: ['Shift+U'],
  },
  { command: 'extend-next', group: 'Choose', words: 'And the next', keys: ['Shift+PageDown'] },
  {
    command: 'extend-previous',
    group: 'Choose',
    words: 'And the previous',
    keys: ['Shift+PageUp'],
  },
  { command: 'select-all', group: 'Choose', words: 'All of the tier', keys: ['Mod+A'] },
  { command: 'tier-up', group: 'Choose', words: 'Tier above', keys: ['ArrowUp'] },
  { command: 'tier-down', group: 'Choose', words: 'Tier below', keys: ['ArrowDown'] },
  { command: 'deselect', group: 'Choose', words: 'Deselect', keys: ['Escape'] },

  ...labelKeys.map((key): Shortcut => ({
    command: `label-${key}`,
    group: 'Label',
    words: `Label ${key}`,
    keys: [String(key)],
  })),
  { command: 'accept', group: 'Label', words: 'Accept and go on', keys: ['Enter'] },
  {
    command: 'accept-all',
    group: 'Label',
    words: 'Accept all it is sure of',
    keys: ['Mod+Enter'],
  },
  { command: 'note', group: 'Label', words: 'Write a note', keys: ['N'] },
  { command: 'labels', group: 'Label', words: 'Edit the labels', keys: ['E'] },

  { command: 'review', group: 'Review', words: 'Start or leave', keys: ['V'] },
  { command: 'review-skip', group: 'Review', words: 'Leave this one for later', keys: ['.'] },
  { command: 'review-back', group: 'Review', words: 'The one before', keys: [','] },
  {
    command: 'review-autoplay',
    group: 'Review',
    words: 'Play the next by itself',
    keys: ['Shift+V'],
  },

  { command: 'undo', group: 'Edit', words: 'Undo', keys: ['Mod+Z'] },
  { command: 'redo', group: 'Edit', words: 'Redo', keys: ['Mod+Shift+Z', 'Mod+Y'] },
  { command: 'history', group: 'Edit', words: 'Show the history', keys: ['H'] },
  { command: 'mark-start', group: 'Edit', words: 'Mark the start here', keys: ['I'] },
  { command: 'mark-end', group: 'Edit', words: 'Mark the end here', keys: ['O'] },
  { command: 'create', group: 'Edit', words: 'New segment here or as marked', keys: ['C'] },
  { command: 'split', group: 'Edit', words: 'Split at the playhead', keys: ['S'] },
  { command: 'merge', group: 'Edit', words: 'Merge', keys: ['M'] },
  { command: 'delete', group: 'Edit', words: 'Delete', keys: ['Delete', 'Backspace'] },
  ...nudges('start', 'Start', 'Alt'),
  ...nudges('end', 'End', 'Mod'),
  ...nudges('segment', 'All of it', 'Mod+Alt'),

  { command: 'zoom-in', group: 'View', words: 'Zoom in', keys: ['+', '=', 'Mod++', 'Mod+='] },
  { command: 'zoom-out', group: 'View', words: 'Zoom out', keys: ['-', 'Mod+-'] },
  { command: 'zoom-fit', group: 'View', words: 'Show all', keys: ['0', 'Mod+0'] },
  { command: 'zoom-selection', group: 'View', words: 'Show the selection', keys: ['Z'] },
  { command: 'table', group: 'View', words: 'Table of segments', keys: ['T'] },
  { command: 'spectrogram', group: 'View', words: 'Spectrogram', keys: ['G'] },
  { command: 'lanes', group: 'View', words: 'Choose lanes', keys: ['D'] },
  { command: 'queue', group: 'View', words: 'Show the queue', keys: ['Q'] },
  { command: 'project-new', group: 'Files', words: 'New project', keys: ['Mod+Shift+N'] },
  { command: 'project-open', group: 'Files', words: 'Open a project', keys: ['Mod+Shift+P'] },
  { command: 'open-files', group: 'Files', words: 'Open files', keys: ['Mod+O'] },
  { command: 'open-folder', group: 'Files', words: 'Open a folder', keys: ['Mod+Shift+O'] },
  {
    command: 'import-annotations',
    group: 'Files',
    words: 'Import annotations',
    keys: ['Mod+I'],
  },
  { command: 'record', group: 'Files', words: 'Record', keys: ['R'] },
  { command: 'export-recording', group: 'Files', words: 'Export this recording', keys: ['Mod+E'] },
  { command: 'export-all', group: 'Files', words: 'Export all', keys: ['Mod+Shift+E'] },
  { command: 'export-other', group: 'Files', words: 'Export other formats', keys: ['X'] },
  { command: 'keyboard', group: 'Help', words: 'Show these keys', keys: ['?', 'F1'] },
];

/** One modifier for either edge and both for both of them; with Shift ten times as far. */
function nudges(what: Nudged, name: string, held: string): readonly Shortcut[] {
  return (['earlier', 'later'] as const).flatMap((way) => {
    const arrow = way === 'earlier' ? 'ArrowLeft' : 'ArrowRight';
    return [
      {
        command: `${what}-${way}`,
        group: 'Edit',
        words: `${name} 10 ms ${way}`,
        keys: [`${held}+${arrow}`],
      },
      {
        command: `${what}-${way}-far`,
        group: 'Edit',
        words: `${name} 100 ms ${way}`,
        keys: [`${held}+Shift+${arrow}`],
      },
    ] as const;
  });
}

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
  const shift = press.shiftKey && (key.length > 1 || /\p{L}/u.test(key));
  return [mod && 'Mod', alt && 'Alt', shift && 'Shift', key].filter(Boolean).join('+');
}

const signs: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  '-': '−',
  PageUp: 'Page up',
  PageDown: 'Page down',
  Delete: 'Del',
};

/** A chord as the caps of its keys: `Mod+Shift+E` is Ctrl, Shift, E. */
export function keyCaps(chord: string, mac = isMac()): readonly string[] {
  // A plus may be the key itself, so the chord is split after each plus that has something before it.
  return chord.split(/(?<=[^+])\+/).map((key) => {
    if (key === 'Mod') return mac ? '⌘' : 'Ctrl';
    if (key === 'Shift' && mac) return '⇧';
    if (key === 'Alt' && mac) return '⌥';
    return signs[key] ?? key;
  });
}

/** The line of the table that a command has. */
export function shortcutFor(command: Command): Shortcut | undefined {
  return shortcuts.find((shortcut) => shortcut.command === command);
}

/** The first key of a command, for the hint on a button. */
export function keyHint(command: Command): string {
  const chord = shortcutFor(command)?.keys[0];
  return chord === undefined ? '' : keyCaps(chord).join(' ');
}

function isMac(): boolean {
  return navigator.userAgent.includes('Mac');
}
