import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { toSeconds } from '#shared/domain/time.ts';
import { soundUrl } from '../../lib/media.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useRecording } from '../recording/index.ts';
import { afterSeek, nextStep, type Passage } from './passage.ts';
import { useSound } from './sound.ts';
import { neighbourSpeed } from './speeds.ts';

/** Plays the canonical sound of the open recording. The one clock of the page. */
export const usePlayer = defineStore('player', () => {
  const recording = useRecording();
  const toasts = useToasts();
  const { audio, playing, time, speed, volume, load, moveTo } = useSound(walk, reportFailure);

  const passage = shallowRef<Passage>({ kind: 'open' });
  const loops = computed(() => passage.value.kind === 'loop');
  const canPlay = computed(() => recording.duration > 0);
  const span = computed(() => {
    const { segment, sound } = recording;
    if (!segment || !sound) return null;
    const { sampleRate } = sound;
    return {
      start: toSeconds(segment.start, sampleRate),
      end: toSeconds(segment.end, sampleRate),
    };
  });
  const url = computed(() =>
    recording.about && canPlay.value ? soundUrl(recording.about.id) : null,
  );

  watch(url, open, { immediate: true });
  watch(span, cue);

  function open(from: string | null): void {
    passage.value = { kind: 'open' };
    load(from);
  }

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

  function playSegment(kind: 'once' | 'loop'): void {
    if (!span.value) return;
    passage.value = { kind, ...span.value };
    moveTo(span.value.start);
    void play();
  }

  /** Choosing a segment puts the playhead at its start, unless something is being listened to. */
  function cue(): void {
    if (loops.value) playSegment('loop');
    else if (span.value && !playing.value) seek(span.value.start);
  }

  function reportFailure(): void {
    if (url.value === null) return;
    toasts.show({
      kind: 'failed',
      message: `The sound of ${recording.about?.name ?? 'this recording'} cannot be played.`,
      hint: 'Was the file moved, or its disk taken off? Put it back, or add the recording again.',
    });
  }

  const seekBy = (seconds: number): void => {
    seek(time.value + seconds);
  };
  const toggle = (): void => {
    if (playing.value) audio.pause();
    else void play();
  };
  const toggleLoop = (): void => {
    if (loops.value) passage.value = { kind: 'open' };
    else playSegment('loop');
  };
  const changeSpeed = (step: 1 | -1): void => {
    speed.value = neighbourSpeed(speed.value, step);
  };

  return {
    ...{ audio, playing, time, loops, speed, volume, canPlay },
    ...{ seek, seekBy, toggle, playSegment, toggleLoop, changeSpeed },
  };
});
