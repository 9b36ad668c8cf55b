import { shallowRef, type Ref } from 'vue';
import { useExcerpt } from './excerpt.ts';
import { afterSeek, nextStep, type Passage, type Stretch } from './passage.ts';
import { useSound, type Sound } from './sound.ts';
import { useSource } from './source.ts';

interface Passages {
  readonly sound: Sound;
  readonly passage: Readonly<Ref<Passage>>;
  /**
   * Makes a passage ready at its start. It is played to its very last sample where it can be cut out; else until the
   * clock, which goes by frames, has passed its end.
   * @returns whether it is still wanted by then
   */
  readonly enter: (wanted: Stretch) => Promise<boolean>;
  /** What is being looped has other edges now. */
  readonly reshape: (loop: Stretch) => void;
  readonly leave: () => void;
  /** Moves the playhead; out of the passage, that ends it. */
  readonly seek: (seconds: number) => void;
  /** Tries what is left to try where the sound cannot be played. @returns whether there is anything */
  readonly tryOther: () => boolean;
}

/** The sound of the open recording, of which all is played or a passage. */
export function usePassage(onError: () => void): Passages {
  const sound = useSound({ onTime: walk, onEnd: end, onError });
  const { audio, moveTo } = sound;
  const passage = shallowRef<Passage>({ kind: 'open' });
  const { tryOther, narrowTo, widen, isNarrow } = useSource(sound, () => {
    passage.value = { kind: 'open' };
  });
  const cutOut = useExcerpt();

  function walk(now: number): void {
    // What is cut out ends, or starts over, by itself.
    if (isNarrow()) return;
    const step = nextStep(passage.value, now);
    if (step.kind === 'go on') return;
    moveTo(step.to);
    if (step.kind === 'stop') {
      audio.pause();
      leave();
    }
  }

  function end(): void {
    if (isNarrow()) leave();
  }

  function leave(): void {
    passage.value = { kind: 'open' };
    widen();
  }

  async function enter(wanted: Stretch): Promise<boolean> {
    audio.pause();
    reshape(wanted);
    moveTo(wanted.start);
    const part = await cutOut(wanted);
    if (passage.value !== wanted) return false;
    if (part) narrowTo(part, wanted.kind);
    return true;
  }

  function reshape(stretch: Stretch): void {
    widen();
    passage.value = stretch;
  }

  function seek(seconds: number): void {
    passage.value = afterSeek(passage.value, seconds);
    if (passage.value.kind === 'open') widen();
    moveTo(seconds);
  }

  return { sound, passage, enter, reshape, leave, seek, tryOther };
}
