import { defineStore } from 'pinia';
import { modelTier } from '#shared/domain/tier.ts';
import { neighbour } from '../../lib/rows.ts';
import { useSegments, useSelection, useTiers } from '../segments/index.ts';
import { useActs } from './acts.ts';
import { canSplit, type Edge } from './edges.ts';
import { useLabels } from './labels.ts';
import { useSurroundings } from './surroundings.ts';

/** Making segments, taking them apart and moving them; keys and buttons all end here. */
export const useEditing = defineStore('editing', () => {
  const segments = useSegments();
  const selection = useSelection();
  const tiers = useTiers();
  const labels = useLabels();
  const acts = useActs();
  const here = useSurroundings();

  function create(): Promise<void> {
    return acts.act(async () => {
      const place = await here.freePlace();
      if (!place) return here.tell('There is a segment at the playhead already.');
      return { kind: 'create', ...place, label: labels.first(place.tier) };
    });
  }

  function split(): Promise<void> {
    return acts.act(async () => {
      const at = here.cursor();
      const least = here.least();
      const found = [...selection.chosen, ...here.row()].find((each) => canSplit(each, at, least));
      if (found) return { kind: 'split', id: found.id, at, to: await tiers.needOwn() };
      return here.tell('There is nothing to split at the playhead.', 'Move it into a segment.');
    });
  }

  function merge(): Promise<void> {
    return acts.act(async () => {
      const ids = [...here.chosenIds()];
      const [only] = selection.chosen;
      // One alone goes together with the next.
      const next = only && ids.length === 1 && neighbour(segments.rowOf(only.tier), only, 1);
      if (next) ids.push(next.id);
      if (ids.length > 1) return { kind: 'merge', ids, to: await tiers.needOwn() };
      return here.tell('Choose the segments to merge.', 'Shift and click, or Shift and Page down.');
    });
  }

  function remove(): Promise<void> {
    return acts.act(() => {
      const own = selection.chosen.filter(({ tier }) => tier !== modelTier).map(({ id }) => id);
      if (own.length > 0) return { kind: 'delete', ids: own };
      const chosen = selection.chosen.length > 0;
      return here.tell(chosen ? 'What the model says stays.' : 'Nothing is chosen.');
    });
  }

  /** Moves one edge of the chosen segment, or all of what is chosen, by some milliseconds. */
  function nudge(what: Edge | 'segment', milliseconds: number): Promise<void> {
    return acts.act(async () => {
      const { segment } = selection;
      if (!segment) return here.tell('Nothing is chosen.');
      const by = here.samples(milliseconds / 1000);
      const to = await tiers.needOwn();
      if (what === 'segment') return { kind: 'move', ids: here.chosenIds(), by, to };
      const start = Math.max(0, what === 'start' ? segment.start + by : segment.start);
      const end = Math.min(here.total(), what === 'end' ? segment.end + by : segment.end);
      return end - start < here.least() ? null : { kind: 'resize', id: segment.id, start, end, to };
    });
  }

  return { create, split, merge, remove, nudge };
});
