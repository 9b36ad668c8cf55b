import type { AnnotationAct } from '#shared/domain/annotation-act.ts';
import type { Plan } from './draft.ts';

/** What an act did, as history tells it. */
export function actInWords(act: AnnotationAct, { selection }: Pick<Plan, 'selection'>): string {
  switch (act.kind) {
    case 'create':
      return `Added a segment as ${act.label}`;
    case 'relabel':
      return `Labelled ${segments(selection.length)} as ${act.label}`;
    case 'resize':
      return 'Changed the edges of a segment';
    case 'move':
      return `Moved ${segments(selection.length)}`;
    case 'split':
      return 'Split a segment';
    case 'merge':
      return `Merged ${segments(new Set(act.ids).size)}`;
    case 'delete':
      return `Deleted ${segments(new Set(act.ids).size)}`;
    case 'note':
      return act.note === '' ? 'Removed the note of a segment' : 'Wrote a note on a segment';
    case 'accept':
      return `Accepted ${segments(selection.length)} of the model`;
  }
}

function segments(count: number): string {
  return count === 1 ? 'a segment' : `${count} segments`;
}
