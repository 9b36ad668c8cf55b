import { useEventListener } from '@vueuse/core';
import type { ShallowRef } from 'vue';
import type { Tier } from '#shared/domain/tier.ts';
import { useRecording } from '../recording/index.ts';
import { useSegments, useSelection, useTiers } from '../segments/index.ts';
import { usePlayer } from '../transport/index.ts';
import type { Hit } from './hit.ts';

/** @returns what a click on something of a row does: it chooses, or in a gap moves the playhead */
export function useLaneClick(
  lane: Readonly<ShallowRef<HTMLElement | null>>,
  tier: () => Tier,
): (event: MouseEvent, hit: Hit, sample: number) => void {
  const recording = useRecording();
  const segments = useSegments();
  const selection = useSelection();
  const tiers = useTiers();
  const player = usePlayer();

  // Assistive technology clicks on a segment's button without a mouse.
  useEventListener(lane, 'click', (event) => {
    if (event.detail > 0 || !(event.target instanceof Element)) return;
    const id = event.target.closest('[data-id]')?.getAttribute('data-id');
    const segment = id ? segments.byId.get(Number(id)) : undefined;
    if (segment) selection.select(segment);
  });

  return (event, hit, sample) => {
    if (hit.kind === 'gap') {
      tiers.activate(tier().id);
      selection.clear();
      player.seek(sample / (recording.sound?.sampleRate ?? 1));
    } else if (event.shiftKey) selection.extendTo(hit.segment);
    else if (event.ctrlKey || event.metaKey) selection.toggle(hit.segment);
    else selection.select(hit.segment);
  };
}
