import { defineStore } from 'pinia';
import { computed, watch } from 'vue';
import { useToasts } from '../../ui/toasts.ts';
import { useRecording } from '../recording/index.ts';
import { useSelection } from '../segments/index.ts';
import type { Stretch } from './passage.ts';
import { neighbourSpeed } from './speeds.ts';
import { usePassage } from './use-passage.ts';

/** Plays the open recording. The one clock of the page. */
export const usePlayer = defineStore('player', () => {
  const recording = useRecording();
  const selection = useSelection();
  const toasts = useToasts();
  const { sound, passage, enter, reshape, leave, ...passages } = usePassage(reportFailure);
  const { audio, playing, time, speed, volume } = sound;
  const loops = computed(() => passage.value.kind === 'loop');
  const canPlay = computed(() => recording.duration > 0);
  const span = computed(() => selection.seconds);

  // Other objects with the same times are the same span: an edit that leaves it alone must not cue.
  watch([() => span.value?.start, () => span.value?.end, () => selection.segment?.id], cue);

  function seek(seconds: number): void {
    passages.seek(Math.min(Math.max(seconds, 0), recording.duration));
  }

  async function play(): Promise<void> {
    // A pause before the sound has begun rejects with AbortError, which `attempt` takes for a cancel.
    if (canPlay.value) await toasts.attempt(() => audio.play());
  }

  async function playStretch(stretch: Stretch): Promise<void> {
    if (await enter(stretch)) await play();
  }

  /** Plays what is chosen: segments, or a marked stretch. */
  function playSelection(kind: 'once' | 'loop'): void {
    if (span.value) void playStretch({ kind, ...span.value });
  }

  type Cue = readonly (number | undefined)[];

  /**
   * Choosing a segment puts the playhead at its start, unless something is being listened to. Where only
   * its edges have moved the playhead stays, and a loop takes the new edges.
   */
  function cue([, , chosen]: Cue, [, , before]: Cue): void {
    if (loops.value) {
      if (!span.value) leave();
      else if (chosen === before) reshape({ kind: 'loop', ...span.value });
      else playSelection('loop');
    } else if (span.value && chosen !== undefined && chosen !== before && !playing.value) {
      seek(span.value.start);
    }
  }

  function reportFailure(): void {
    if (passages.tryOther()) return;
    toasts.show({
      kind: 'failed',
      message: `The sound of ${recording.about?.name ?? 'this recording'} cannot be played.`,
      hint: 'Was the file moved, or its disk taken off? Put it back, or add the recording again.',
    });
  }

  const seekBy = (seconds: number): void => {
    seek(time.value + seconds);
  };
  /** Also of what has been asked for and does not sound yet. */
  const pause = (): void => {
    if (audio.paused) leave();
    audio.pause();
  };
  const toggle = (): void => {
    if (playing.value) pause();
    else void play();
  };
  const toggleLoop = (): void => {
    if (loops.value) leave();
    else playSelection('loop');
  };
  const changeSpeed = (step: 1 | -1): void => {
    speed.value = neighbourSpeed(speed.value, step);
  };

  return {
    ...{ playing, time, loops, speed, volume, canPlay },
    ...{ seek, seekBy, pause, toggle, playSelection, toggleLoop, changeSpeed },
  };
});
