import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { toSeconds } from '#shared/domain/time.ts';
import {
  fitScale,
  isFitted,
  panBy,
  panTo,
  resizeTo,
  reveal,
  visibleEnd,
  xOf,
  zoomAt,
  type TimeScale,
} from '../../lib/time-scale.ts';
import { useRecording } from '../recording/index.ts';
import { usePlayer } from '../transport/index.ts';

/** What the stage shows: the stretch of time, the label to bring out, the spot under the pointer. */
export const useView = defineStore('view', () => {
  const recording = useRecording();
  const player = usePlayer();

  const scale = shallowRef<TimeScale>(fitScale(0, 0));
  const emphasis = ref<string | null>(null);
  /** Pixels from the left edge of the lanes; null while the pointer is elsewhere. */
  const pointer = ref<number | null>(null);

  const fitted = computed(() => isFitted(scale.value));
  const visible = computed(() => ({ start: scale.value.start, end: visibleEnd(scale.value) }));

  watch(
    [() => recording.about?.id, () => recording.duration],
    () => {
      scale.value = fitScale(recording.duration, scale.value.width);
      emphasis.value = null;
    },
    { immediate: true },
  );
  watch(
    () => recording.segment,
    (segment) => {
      const { sound } = recording;
      if (!segment || !sound) return;
      const [start, end] = [segment.start, segment.end].map((at) =>
        toSeconds(at, sound.sampleRate),
      );
      if (start !== undefined && end !== undefined) scale.value = reveal(scale.value, start, end);
    },
  );
  watch(() => player.time, followPlayhead);

  /** Turns the page when the playhead walks out of it, unless the person has scrolled away from it. */
  function followPlayhead(now: number, before: number): void {
    const { start, end } = visible.value;
    const inside = (at: number): boolean => at >= start && at <= end;
    if (inside(now)) return;
    if (!player.playing) scale.value = reveal(scale.value, now, now);
    else if (inside(before)) scale.value = panTo(scale.value, now);
  }

  /** Zooms around a pixel; without one around the playhead where it shows, else around the middle. */
  function zoom(factor: number, around?: number): void {
    const head = xOf(scale.value, player.time);
    const middle = scale.value.width / 2;
    const anchor = around ?? (head >= 0 && head <= scale.value.width ? head : middle);
    scale.value = zoomAt(scale.value, factor, anchor);
  }

  return {
    scale,
    emphasis,
    pointer,
    fitted,
    visible,
    zoom,
    fit: () => {
      scale.value = fitScale(recording.duration, scale.value.width);
    },
    resize: (width: number) => {
      scale.value = resizeTo(scale.value, width);
    },
    pan: (pixels: number) => {
      scale.value = panBy(scale.value, pixels);
    },
    panTo: (seconds: number) => {
      scale.value = panTo(scale.value, seconds);
    },
  };
});
