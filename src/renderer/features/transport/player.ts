import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { useToasts } from '../../ui/toasts.ts';
import { useRecording } from '../recording/index.ts';
import { useSelection } from '../segments/index.ts';
import { afterSeek, nextStep, type Passage } from './passage.ts';
import { useSound } from './sound.ts';
import { useSource } from './source.ts';
import { neighbourSpeed } from './speeds.ts';

/** Plays the open recording. The one clock of the page. */
export const usePlayer = defineStore('player', () => {
  const recording = useRecording();
  const selection = useSelection();
  const toasts = useToasts();
  const sound = useSound(walk, reportFailure);
  const { audio, playing, time, speed, volume, moveTo } = sound;

  const passage = shallowRef<Passage>({ kind: 'open' });
  const source = useSource(sound, () => {
    passage.value = { kind: 'open' };
  });
  const loops = computed(() => passage.value.kind === 'loop');
  const canPlay = computed(() => recording.duration > 0);
  const span = computed(() => selection.seconds);

  // Other objects with the same times are the same span: an edit that leaves it alone must not cue.
  watch([() => span.value?.start, () => span.value?.end, () => selection.segment?.id], cue);

  function walk(now: number): void {
    const step = nextStep(passage.value, now);
    if (step.kind === 'go on') return;
    moveTo(step.to);
    if (step.kind === 'stop') {
      audio.pause();
      passage.value = { kind: 'open' };
    }
  }

  function seek(seconds: number): void {
    passage.value = afterSeek(passage.value, seconds);
    moveTo(Math.min(Math.max(seconds, 0), recording.duration));
  }

  async function play(): Promise<void> {
    // A pause before the sound has begun rejects with AbortError, which `attempt` takes for a cancel.
    if (canPlay.value) await toasts.attempt(() => audio.play());
  }

  /** Plays what is chosen: segments, or a marked stretch. */
  function playSelection(kind: 'once' | 'loop'): void {
    if (!span.value) return;
    passage.value = { kind, ...span.value };
    moveTo(span.value.start);
    void play();
  }

  type Cue = readonly (number | undefined)[];

  /**
   * Choosing a segment puts the playhead at its start, unless something is being listened to. Where only
   * its edges have moved the playhead stays, and a loop takes the new edges.
   */
  function cue([, , chosen]: Cue, [, , before]: Cue): void {
    if (loops.value) {
      if (!span.value) passage.value = { kind: 'open' };
      else if (chosen === before) passage.value = { kind: 'loop', ...span.value };
      else playSelection('loop');
    } else if (span.value && chosen !== undefined && chosen !== before && !playing.value) {
      seek(span.value.start);
    }
  }

  function reportFailure(): void {
    if (source.tryOther()) return;
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
    audio.pause();
  };
  const toggle = (): void => {
    if (playing.value) pause();
    else void play();
  };
  const toggleLoop = (): void => {
    if (loops.value) passage.value = { kind: 'open' };
    else playSelection('loop');
  };
  const changeSpeed = (step: 1 | -1): void => {
    speed.value = neighbourSpeed(speed.value, step);
  };

  return {
    ...{ audio, playing, time, loops, speed, volume, canPlay },
    ...{ seek, seekBy, pause, toggle, playSelection, toggleLoop, changeSpeed },
  };
});
