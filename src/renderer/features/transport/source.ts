import { computed, watch } from 'vue';
import { soundUrl } from '../../lib/media.ts';
import { useRecording } from '../recording/index.ts';
import type { CutOut } from './excerpt.ts';
import type { Sound } from './sound.ts';

export interface Source {
  /** Tries what is left to try where a sound cannot be played. @returns whether there is anything */
  readonly tryOther: () => boolean;
  /** Takes a part of the recording for the whole, which ends at its very last sample. */
  readonly narrowTo: (part: CutOut, way: 'once' | 'loop') => void;
  /** Takes the whole recording again, from where the playhead is. */
  readonly widen: () => void;
  readonly isNarrow: () => boolean;
}

/**
 * Loads the sound of the open recording: the canonical one, and while that is being made the file as it came.
 *
 * @param onOpen called before another recording's is loaded
 */
export function useSource({ audio, load, replace }: Sound, onOpen: () => void): Source {
  const recording = useRecording();
  const opened = computed(() => (recording.duration > 0 ? (recording.about?.id ?? null) : null));
  const isRead = computed(() => (recording.about?.sound ?? null) !== null);
  let isNarrow = false;

  watch([opened, isRead], open, { immediate: true });

  function open([id, read]: readonly [number | null, boolean], [before]: readonly unknown[]): void {
    const from = id === null ? null : soundUrl(id, read ? 'canonical' : 'original');
    isNarrow = audio.loop = false;
    if (from !== null && id === before) {
      replace(from, 0);
    } else {
      onOpen();
      load(from);
    }
  }

  return {
    tryOther: () => {
      if (opened.value === null) return true;
      if (isRead.value) return false;
      // Not every file that can be read is one that a browser plays as it is: the canonical sound is waited for.
      replace(soundUrl(opened.value, 'canonical'), 0);
      return true;
    },
    narrowTo: ({ url, seconds }, way) => {
      isNarrow = true;
      audio.loop = way === 'loop';
      replace(url, seconds);
    },
    widen: () => {
      if (!isNarrow || opened.value === null) return;
      isNarrow = audio.loop = false;
      replace(soundUrl(opened.value, 'canonical'), 0);
    },
    isNarrow: () => isNarrow,
  };
}
