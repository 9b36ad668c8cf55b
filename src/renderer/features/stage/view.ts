import { useLocalStorage } from '@vueuse/core';
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
import { useSelection } from '../segments/index.ts';
import { usePlayer } from '../transport/index.ts';

/** Seconds. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What the stage shows: the stretch of time, the label to bring out, the spot under the pointer. */
export const useView = defineStore('view', () => {
  const recording = useRecording();
  const selection = useSelection();
  const player = usePlayer();

  const scale = shallowRef<TimeScale>(fitScale(0, 0));
  const emphasis = ref<string | null>(null);
  /** Whether the table of segments shows. */
  const table = useLocalStorage('table', false);
  /** Pixels from the left edge of the lanes; null while the pointer is elsewhere. */
  const pointer = ref<number | null>(null);

  /** What is to be shown once there is a width to show it on. */
  let waiting: Stretch | null = null;

  const fitted = computed(() => isFitted(scale.value));
  const visible = computed(() => ({ start: scale.value.start, end: visibleEnd(scale.value) }));

  watch(
    [() => recording.about?.id, () => recording.duration],
    () => {
      scale.value = fitScale(recording.duration, scale.value.width);
      emphasis.value = null;
      waiting = null;
    },
    { immediate: true },
  );
  watch(
    () => selection.segment?.id,
    () => {
      const { segment } = selection;
      if (!segment || !recording.sound) return;
      const { sampleRate } = recording.sound;
      const [start, end] = [
        toSeconds(segment.start, sampleRate),
        toSeconds(segment.end, sampleRate),
      ];
      scale.value = reveal(scale.value, start, end);
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

  /** Shows a stretch; before the lanes are drawn, as soon as they are. */
  function show(stretch: Stretch): void {
    waiting = scale.value.width > 0 ? null : stretch;
    if (waiting) return;
    scale.value = withAir(scale.value, stretch);
  }

  return {
    scale,
    emphasis,
    table,
    pointer,
    fitted,
    visible,
    zoom,
    show,
    fit: () => {
      scale.value = fitScale(recording.duration, scale.value.width);
    },
    resize: (width: number) => {
      scale.value = resizeTo(scale.value, width);
      if (waiting && width > 0) show(waiting);
    },
    pan: (pixels: number) => {
      scale.value = panBy(scale.value, pixels);
    },
    /** Back to a stretch that was shown before, on lanes that may have been wider. */
    restore: ({ start, pxPerSecond }: Pick<TimeScale, 'start' | 'pxPerSecond'>) => {
      scale.value = zoomAt(scale.value, pxPerSecond / scale.value.pxPerSecond, 0);
      scale.value = panTo(scale.value, start);
    },
    panTo: (seconds: number) => {
      scale.value = panTo(scale.value, seconds);
    },
  };
});

/** A stretch with a quarter of air around it. */
function withAir(scale: TimeScale, { start, end }: Stretch): TimeScale {
  const wanted = scale.width / Math.max((end - start) * 1.25, 0.001);
  const zoomed = zoomAt(scale, wanted / scale.pxPerSecond, 0);
  return panTo(zoomed, (start + end - zoomed.width / zoomed.pxPerSecond) / 2);
}
