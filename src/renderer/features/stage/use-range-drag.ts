import { useEventListener } from '@vueuse/core';
import { shallowRef, type ShallowRef } from 'vue';
import { toSamples } from '#shared/domain/time.ts';
import { timeAt } from '../../lib/time-scale.ts';
import { useRecording } from '../recording/index.ts';
import { useSelection } from '../segments/index.ts';
import { usePlayer } from '../transport/index.ts';
import { useView } from './view.ts';

/** A press that strays by less, in pixels, is still a click. */
const threshold = 4;

/** On the sound and the areas above the rows: a click seeks, a drag marks a stretch of time. */
export function useRangeDrag(
  lanes: Readonly<ShallowRef<HTMLElement | null>>,
  xOnAxis: (event: MouseEvent) => number,
): void {
  const recording = useRecording();
  const selection = useSelection();
  const player = usePlayer();
  const view = useView();
  const from = shallowRef<{ readonly x: number; readonly seconds: number } | null>(null);
  let marking = false;

  const secondsAt = (event: MouseEvent): number => timeAt(view.scale, xOnAxis(event));
  const inSamples = (seconds: number): number =>
    toSamples(seconds, recording.sound?.sampleRate ?? 1);

  useEventListener(lanes, 'pointerdown', (event) => {
    const onRows = event.target instanceof Element && event.target.closest('.tiers') !== null;
    const x = xOnAxis(event);
    marking = false;
    from.value = event.button === 0 && !onRows && x >= 0 ? { x, seconds: secondsAt(event) } : null;
  });
  useEventListener(lanes, 'pointermove', (event) => {
    if (!from.value) return;
    if (!marking) {
      if (Math.abs(xOnAxis(event) - from.value.x) < threshold) return;
      marking = true;
      lanes.value?.setPointerCapture(event.pointerId);
    }
    const [start, end] = [from.value.seconds, secondsAt(event)].toSorted((a, b) => a - b);
    selection.mark({ start: inSamples(start ?? 0), end: inSamples(end ?? 0) });
  });
  useEventListener(lanes, 'pointerup', (event) => {
    if (from.value && !marking) player.seek(secondsAt(event));
    else if (from.value && selection.seconds) player.seek(selection.seconds.start);
    from.value = null;
  });
  useEventListener(lanes, 'pointercancel', () => {
    from.value = null;
  });
}
