import { nextTick } from 'vue';
import type { LabelChange } from '#shared/domain/model-version.ts';
import { useLibrary } from '../library/index.ts';
import { useSelection } from '../segments/index.ts';
import { usePlayer } from '../transport/index.ts';

/** @returns a function that opens the recording of a change and plays the stretch */
export function useListen(): (change: LabelChange) => Promise<void> {
  const recordings = useLibrary();
  const selection = useSelection();
  const player = usePlayer();
  return async ({ recordingId, start, end }) => {
    recordings.select(recordingId);
    // What another recording had chosen is let go first.
    await nextTick();
    selection.mark({ start, end });
    await nextTick();
    player.playSelection('once');
  };
}
