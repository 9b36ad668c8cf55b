import { useEventListener } from '@vueuse/core';
import type { ShallowRef } from 'vue';
import { modelTier, type Tier } from '#shared/domain/tier.ts';
import { useSegments, useSelection } from '../segments/index.ts';
import { useView } from '../stage/index.ts';
import { usePlayer } from '../transport/index.ts';
import { useActs } from './acts.ts';
import { touched, type Hit } from './hit.ts';
import { useLaneClick } from './use-lane-click.ts';
import { useLaneDrag, type Grip } from './use-lane-drag.ts';
import { useLaneHits } from './use-lane-hits.ts';

/** A press that strays by less, in pixels, is still a click. */
const dragThreshold = 3;
/** Edges snap to what is as near as this, in pixels. */
const snapReach = 6;

interface Press {
  readonly x: number;
  readonly sample: number;
  readonly hit: Hit;
  readonly marquee: boolean;
  grip: Grip | null;
}

/**
 * The mouse on one row: a click chooses, a drag draws a new segment, moves what is chosen or an edge of it.
 * Until the mouse is let go nothing is changed; Escape takes it all back. Alt suspends snapping.
 */
export function useLanePointer(
  lane: Readonly<ShallowRef<HTMLElement | null>>,
  tier: () => Tier,
): void {
  const segments = useSegments();
  const selection = useSelection();
  const view = useView();
  const player = usePlayer();
  const acts = useActs();
  const hits = useLaneHits(lane, tier);
  const drag = useLaneDrag(tier);
  const click = useLaneClick(lane, tier);
  let press: Press | null = null;

  function cancel(): void {
    press = null;
    acts.draft = null;
  }

  function follow(held: Press, event: PointerEvent): void {
    const x = hits.xIn(event);
    if (!held.grip) {
      if (Math.abs(x - held.x) < dragThreshold) return;
      lane.value?.setPointerCapture(event.pointerId);
      held.grip = held.marquee ? { kind: 'marquee' } : drag.begin(held.hit, held.sample);
    }
    // A drag beyond the edge of the stage takes the stage along.
    const beyond = x < 0 ? x : Math.max(0, x - view.scale.width);
    if (beyond !== 0) view.pan(Math.max(-40, Math.min(40, beyond)));
    const sample = hits.sampleAt(x);
    if (held.grip?.kind === 'marquee') {
      const row = segments.rowOf(tier().id);
      selection.choose(touched(row, held.sample, sample).map(({ id }) => id));
    } else if (held.grip) {
      drag.move(held.grip, sample, hits.samplesIn(event.altKey ? 0 : snapReach));
    }
  }

  useEventListener(lane, 'pointerdown', (event) => {
    if (event.button !== 0) return;
    const x = hits.xIn(event);
    const marquee = event.shiftKey || tier().id === modelTier;
    press = { x, sample: hits.sampleAt(x), hit: hits.hitOf(event), marquee, grip: null };
  });
  useEventListener(lane, 'pointermove', (event) => {
    if (press) follow(press, event);
    else hits.point(event);
  });
  useEventListener(lane, 'pointerup', (event) => {
    const held = press;
    press = null;
    if (!held) return;
    if (held.grip) drag.end();
    else click(event, held.hit, held.sample);
  });
  useEventListener(lane, 'pointercancel', cancel);
  useEventListener(lane, 'dblclick', () => {
    player.playSelection('once');
  });
  useEventListener(
    document,
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !press?.grip) return;
      event.stopPropagation();
      cancel();
    },
    { capture: true },
  );
}
