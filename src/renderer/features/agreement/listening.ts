import { until } from '@vueuse/core';
import { nextTick } from 'vue';
import type { AgreementDifference } from '#shared/contract/agreement.ts';
import { useLibrary } from '../library/index.ts';
import { useRecording } from '../recording/index.ts';
import { useSelection } from '../segments/index.ts';
import { usePlayer } from '../transport/index.ts';

/** Goes to a stretch of any recording, marks it and plays it once. */
export function useListening(): (difference: AgreementDifference) => Promise<void> {
  const library = useLibrary();
  const recording = useRecording();
  const selection = useSelection();
  const player = usePlayer();
  return async ({ recordingId, start, end }) => {
    library.select(recordingId);
    await until(() => recording.about?.id === recordingId && player.canPlay).toBe(true);
    // Another recording takes the marks of the one before away first.
    await nextTick();
    selection.mark({ start, end });
    player.playSelection('once');
  };
}
