import type { CommandsOf } from '../../../lib/keys.ts';
import { useChoosing, useLabelling } from '../../annotate/index.ts';
import { useSelection } from '../../segments/index.ts';

/** Which segments the next act is about. */
export function chooseCommands(): CommandsOf<'Choose'> {
  const choosing = useChoosing();
  const labelling = useLabelling();
  const selection = useSelection();
  return {
    'next-segment': () => {
      choosing.step(1);
    },
    'previous-segment': () => {
      choosing.step(-1);
    },
    'extend-next': () => {
      choosing.step(1, true);
    },
    'extend-previous': () => {
      choosing.step(-1, true);
    },
    'next-uncertain': () => {
      labelling.goToUncertain(1);
    },
    'previous-uncertain': () => {
      labelling.goToUncertain(-1);
    },
    'select-all': choosing.all,
    'tier-up': () => {
      choosing.stepTier(-1);
    },
    'tier-down': () => {
      choosing.stepTier(1);
    },
    deselect: selection.clear,
  };
}
