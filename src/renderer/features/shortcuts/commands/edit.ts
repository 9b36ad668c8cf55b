import type { CommandsOf } from '../../../lib/keys.ts';
import { useChoosing, useEditing, useHistory } from '../../annotate/index.ts';
import { useInspector } from '../../inspector/index.ts';

/** How far an edge goes at a press, and with Shift. Milliseconds. */
const [near, far] = [10, 100];

/** Where segments are, and the way back. */
export function editCommands(): CommandsOf<'Edit'> {
  const choosing = useChoosing();
  const editing = useEditing();
  const history = useHistory();
  const inspector = useInspector();
  const nudge = (what: 'start' | 'end' | 'segment', milliseconds: number) => (): void => {
    void editing.nudge(what, milliseconds);
  };
  return {
    undo: () => void history.undo(),
    redo: () => void history.redo(),
    history: inspector.toggleHistory,
    'mark-start': () => {
      choosing.mark('start');
    },
    'mark-end': () => {
      choosing.mark('end');
    },
    create: () => void editing.create(),
    split: () => void editing.split(),
    merge: () => void editing.merge(),
    delete: () => void editing.remove(),
    'start-earlier': nudge('start', -near),
    'start-later': nudge('start', near),
    'start-earlier-far': nudge('start', -far),
    'start-later-far': nudge('start', far),
    'end-earlier': nudge('end', -near),
    'end-later': nudge('end', near),
    'end-earlier-far': nudge('end', -far),
    'end-later-far': nudge('end', far),
    'segment-earlier': nudge('segment', -near),
    'segment-later': nudge('segment', near),
    'segment-earlier-far': nudge('segment', -far),
    'segment-later-far': nudge('segment', far),
  };
}
