import type { ShallowRef } from 'vue';
import { modelTier, type Tier } from '#shared/domain/tier.ts';
import { toSamples } from '#shared/domain/time.ts';
import { timeAt } from '../../lib/time-scale.ts';
import { useRecording } from '../recording/index.ts';
import { useSegments } from '../segments/index.ts';
import { useView } from '../stage/index.ts';
import { hitAt, type Hit } from './hit.ts';

/** Nearer than this in pixels an edge is taken hold of. */
const edgeReach = 5;

interface LaneHits {
  readonly xIn: (event: MouseEvent) => number;
  readonly sampleAt: (x: number) => number;
  readonly samplesIn: (pixels: number) => number;
  readonly hitOf: (event: MouseEvent) => Hit;
  /** Says by the pointer what a drag would do. Not reactive: it changes with every move. */
  readonly point: (event: MouseEvent) => void;
}

/** Where on a row the mouse is, and what lies there. */
export function useLaneHits(
  lane: Readonly<ShallowRef<HTMLElement | null>>,
  tier: () => Tier,
): LaneHits {
  const recording = useRecording();
  const segments = useSegments();
  const view = useView();

  const rate = (): number => recording.sound?.sampleRate ?? 1;
  const xIn = (event: MouseEvent): number =>
    event.clientX - (lane.value?.getBoundingClientRect().left ?? 0);
  const sampleAt = (x: number): number => timeAt(view.scale, x) * rate();
  const samplesIn = (pixels: number): number => toSamples(pixels / view.scale.pxPerSecond, rate());

  function hitOf(event: MouseEvent): Hit {
    const row = segments.rowOf(tier().id);
    const hit = hitAt(row, sampleAt(xIn(event)), samplesIn(edgeReach));
    // The model's own edges cannot be moved; what is near one is its segment.
    return hit.kind === 'edge' && tier().id === modelTier
      ? { kind: 'body', segment: hit.segment }
      : hit;
  }

  function point(event: MouseEvent): void {
    if (!lane.value) return;
    const hit = hitOf(event);
    const draws = hit.kind === 'gap' && tier().id !== modelTier;
    lane.value.style.cursor = hit.kind === 'edge' ? 'ew-resize' : draws ? 'crosshair' : 'default';
  }

  return { xIn, sampleAt, samplesIn, hitOf, point };
}
