import { useEventListener, useLocalStorage, useRafFn } from '@vueuse/core';
import { ref, watch, type Ref } from 'vue';

export interface Sound {
  readonly audio: HTMLAudioElement;
  readonly playing: Readonly<Ref<boolean>>;
  /** The playhead in seconds, fresh in every frame while playing. */
  readonly time: Readonly<Ref<number>>;
  /** 1 is as recorded; the pitch stays. */
  readonly speed: Ref<number>;
  readonly volume: Ref<number>;
  readonly load: (url: string | null) => void;
  /**
   * Takes the same sound from elsewhere and goes on where it is, playing or not.
   * @param origin where in the recording that begins, in seconds
   */
  readonly replace: (url: string, origin: number) => void;
  readonly moveTo: (seconds: number) => void;
}

interface SoundListeners {
  /** Called with every new time while playing, so that a passage can end or start over. */
  readonly onTime: (seconds: number) => void;
  /** What is loaded has been played to its last sample. */
  readonly onEnd: () => void;
  readonly onError: () => void;
}

/** The page's one media element as reactive state. */
export function useSound({ onTime, onEnd, onError }: SoundListeners): Sound {
  const audio = new Audio();
  audio.preload = 'auto';
  audio.preservesPitch = true;

  /** Where what is loaded begins in the recording. */
  let origin = 0;
  const playing = ref(false);
  const time = ref(0);
  const speed = useLocalStorage('speed', 1);
  const volume = useLocalStorage('volume', 1);
  const frames = useRafFn(tick, { immediate: false });

  watch([speed, volume], setKnobs, { immediate: true });
  // The element is asked, not its event: loading a sound drops the events that are still to come.
  useEventListener(audio, ['play', 'pause'], follow);
  // Frames stop while the window is hidden; these events go on, so that a loop stays one.
  useEventListener(audio, ['timeupdate', 'seeked'], tick);
  useEventListener(audio, 'ended', onEnd);
  useEventListener(audio, 'error', onError);

  function follow(): void {
    playing.value = !audio.paused;
    if (playing.value) frames.resume();
    else frames.pause();
  }

  const now = (): number => origin + audio.currentTime;

  function tick(): void {
    if (playing.value) onTime(now());
    time.value = now();
  }

  /** Loading a sound sets its speed back to the default, so that is set too. */
  function setKnobs(): void {
    audio.defaultPlaybackRate = audio.playbackRate = speed.value;
    audio.volume = volume.value;
  }

  function moveTo(seconds: number): void {
    audio.currentTime = seconds - origin;
    time.value = seconds;
  }

  function load(url: string | null): void {
    audio.pause();
    origin = 0;
    if (url === null) audio.removeAttribute('src');
    else audio.src = url;
    follow();
    moveTo(0);
  }

  function replace(url: string, from: number): void {
    const { paused } = audio;
    const place = now();
    origin = from;
    audio.src = url;
    moveTo(place);
    // Why it cannot go on is what the element's `error` says.
    if (paused) follow();
    else audio.play().catch(follow);
  }

  return { audio, playing, time, speed, volume, load, replace, moveTo };
}
