import { useLocalStorage, until, watchThrottled } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, nextTick } from 'vue';
import { useProjects } from '../project/index.ts';
import { useRecording } from '../recording/index.ts';
import { useSegments, useSelection } from '../segments/index.ts';
import { useView } from '../stage/index.ts';
import { usePlayer } from '../transport/index.ts';

/** Where somebody was within a recording. */
interface Place {
  readonly recordingId: number;
  /** Seconds of the playhead, and of the left edge of the stage. */
  readonly time: number;
  readonly start: number;
  readonly pxPerSecond: number;
  /** Segments that were chosen. */
  readonly ids: readonly number[];
}

const keepMilliseconds = 300;

/**
 * Keeps where the person is in the recording on the stage, so that a page that crashed, or the next start,
 * goes on there. Which recording it is, the library keeps.
 */
export const usePlace = defineStore('place', () => {
  const projects = useProjects();
  const recording = useRecording();
  const segments = useSegments();
  const selection = useSelection();
  const view = useView();
  const player = usePlayer();

  const places = useLocalStorage<Readonly<Record<string, Place>>>('places', {});
  const here = computed<Place | null>(() => {
    const recordingId = recording.about?.id;
    if (recordingId === undefined || recording.duration === 0 || view.scale.width === 0) {
      return null;
    }
    const { start, pxPerSecond } = view.scale;
    return { recordingId, time: player.time, start, pxPerSecond, ids: [...selection.ids] };
  });

  function keepUp(): void {
    watchThrottled(
      here,
      (place) => {
        if (place) places.value = { ...places.value, [projects.id]: place };
      },
      { throttle: keepMilliseconds, trailing: true },
    );
  }

  async function returnTo(place: Place): Promise<void> {
    await until(() => here.value !== null && segments.of === here.value.recordingId).toBe(true);
    // Somebody was faster, and is elsewhere.
    if (here.value?.recordingId !== place.recordingId) return;
    if (selection.span !== null || player.playing) return;
    // Without those that have gone since.
    const ids = place.ids.filter((id) => segments.byId.has(id));
    if (ids.length > 0) selection.choose(ids);
    const { ids: chosen } = selection;
    // Choosing moves the playhead, and that the view; both go where they were after that.
    await nextTick();
    if (selection.ids !== chosen) return;
    player.seek(place.time);
    await nextTick();
    if (selection.ids === chosen) view.restore(place);
  }

  return {
    /** Goes back to where the person was when the page was there last, and keeps up from then on. */
    begin: async () => {
      await until(() => projects.id).not.toBe('');
      const last = places.value[projects.id];
      if (last !== undefined) await returnTo(last);
      keepUp();
    },
  };
});
