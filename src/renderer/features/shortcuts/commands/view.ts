import type { CommandsOf } from '../../../lib/keys.ts';
import { useLanes } from '../../lanes/index.ts';
import { useQueue } from '../../queue/index.ts';
import { useSelection } from '../../segments/index.ts';
import { useView } from '../../stage/index.ts';

/** What of the recording shows. */
export function viewCommands(): CommandsOf<'View'> {
  const lanes = useLanes();
  const selection = useSelection();
  const view = useView();
  const queue = useQueue();
  return {
    'zoom-in': () => {
      view.zoom(1.6);
    },
    'zoom-out': () => {
      view.zoom(1 / 1.6);
    },
    'zoom-fit': view.fit,
    'zoom-selection': () => {
      if (selection.seconds) view.show(selection.seconds);
    },
    table: () => {
      view.table = !view.table;
    },
    spectrogram: () => {
      lanes.toggle('spectrogram');
    },
    lanes: lanes.openMenu,
    queue: () => {
      queue.shown = true;
    },
  };
}
