import { useEventListener } from '@vueuse/core';
import { chordOf, commandFor, type Command } from '../../lib/keys.ts';

/** Listens for the keys of the table, wherever the focus is, except where a key has a nearer meaning. */
export function bindKeys(commands: Readonly<Record<Command, () => void>>): void {
  useEventListener(document, 'keydown', (event) => {
    if (event.defaultPrevented) return;
    const chord = chordOf(event);
    const command = commandFor(chord);
    if (!command || (event.target instanceof Element && isTaken(event.target, chord))) return;
    event.preventDefault();
    commands[command]();
  });
}

/** What these do in a text field is the field's own. */
const textChords = /^Mod\+(Alt\+)?(Shift\+)?([AZY]|Arrow\w+|Enter|Delete|Backspace|Home|End)$/;

function isTaken(target: Element, chord: string): boolean {
  if (target.closest('[role=dialog], [role=menu]')) return true;
  if (target.closest('input, textarea, select')) {
    return !chord.startsWith('Mod+') || textChords.test(chord);
  }
  if (chord === 'Space') return target.closest('button:not([data-space-plays])') !== null;
  // On a segment, and on the recording that is open already, Enter has nothing else to do.
  if (chord === 'Enter') {
    return target.closest('button:not([aria-current=true], [data-id]), [role=tab]') !== null;
  }
  const moves = /^(Shift\+)?(Arrow|Home|Page)/.test(chord);
  return moves && target.closest('[role=slider], [role=separator], [role=tablist]') !== null;
}
