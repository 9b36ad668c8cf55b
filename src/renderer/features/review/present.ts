import type { Segment } from '#shared/domain/segment.ts';
import { toSeconds } from '#shared/domain/time.ts';
import { useRecording } from '../recording/index.ts';
import { useSelection, useTiers } from '../segments/index.ts';
import { useView } from '../stage/index.ts';
import { usePlayer } from '../transport/index.ts';

/** Seconds that show on either side of what is listened to. */
const around = 3;

/** Brings a segment of the open recording before the eyes and, where that is wanted, the ears. */
export function usePresent(): (segment: Segment, play: boolean) => void {
  const recording = useRecording();
  const selection = useSelection();
  const tiers = useTiers();
  const player = usePlayer();
  const view = useView();
  return ({ id, start, end }, play) => {
    const { sound } = recording;
    if (!sound) return;
    // Keys are to give emotions, which on a row of speakers they do not.
    if (tiers.own) tiers.activate(tiers.own.id);
    selection.choose([id]);
    const from = toSeconds(start, sound.sampleRate);
    view.show({ start: from - around, end: toSeconds(end, sound.sampleRate) + around });
    // A loop begins by itself with what is chosen.
    if (player.loops) return;
    if (play) player.playSelection('once');
    else player.seek(from);
  };
}
