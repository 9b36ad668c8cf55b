import { defineStore } from 'pinia';
import { firstEndingAfter } from '#shared/domain/row.ts';
import type { Segment } from '#shared/domain/segment.ts';
import { toSamples } from '#shared/domain/time.ts';
import { neighbour } from '../../lib/rows.ts';
import { useAnnouncer } from '../../ui/announcer.ts';
import { useRecording } from '../recording/index.ts';
import { useSegments, useSelection, useTiers } from '../segments/index.ts';
import { usePlayer } from '../transport/index.ts';

/** Walking along the rows by key. */
export const useChoosing = defineStore('choosing', () => {
  const recording = useRecording();
  const segments = useSegments();
  const selection = useSelection();
  const tiers = useTiers();
  const player = usePlayer();
  const { say } = useAnnouncer();

  const row = (): readonly Segment[] => segments.rowOf(tiers.active.id);
  const cursor = (): number => toSamples(player.time, recording.sound?.sampleRate ?? 1);

  /** The neighbour on the row that has the keys; from nothing, the one at the playhead or after it. */
  function found(step: 1 | -1): Segment | undefined {
    const { segment } = selection;
    if (segment) return neighbour(row(), segment, step);
    const here = row()[firstEndingAfter(row(), cursor())];
    return here ?? (step > 0 ? row()[0] : row().at(-1));
  }

  function step(by: 1 | -1, extend = false): void {
    const next = found(by);
    if (!next) return;
    if (extend) selection.extendTo(next);
    else selection.select(next);
  }

  function stepTier(by: 1 | -1): void {
    const tier = tiers.step(by);
    if (!tier) return;
    const length = segments.rowOf(tier.id).length;
    say(`${tier.name}, ${length === 1 ? '1 segment' : `${length} segments`}`);
  }

  /** Marks from the playhead to where the stretch ended before, or the other way round. */
  function mark(edge: 'start' | 'end'): void {
    const total = recording.sound?.samples ?? 0;
    const { start = 0, end = total } = selection.marked ?? {};
    const at = cursor();
    if (edge === 'start') selection.mark({ start: at, end: end > at ? end : total });
    else selection.mark({ start: start < at ? start : 0, end: at });
  }

  return {
    step,
    stepTier,
    mark,
    all: () => {
      selection.choose(row().map(({ id }) => id));
    },
  };
});
