import { defineStore } from 'pinia';
import { isEmotion } from '#shared/domain/label.ts';
import { isCovered } from '#shared/domain/row.ts';
import type { Segment } from '#shared/domain/segment.ts';
import { modelTier } from '#shared/domain/tier.ts';
import { isUncertain, neighbour, nextOpen } from '../../lib/rows.ts';
import { count } from '../../lib/words.ts';
import { useSegments, useSelection, useTiers } from '../segments/index.ts';
import { useActs } from './acts.ts';
import { useLabels } from './labels.ts';
import { useSurroundings } from './surroundings.ts';

/** Saying what segments sound like, and going through what the model heard. */
export const useLabelling = defineStore('labelling', () => {
  const segments = useSegments();
  const selection = useSelection();
  const tiers = useTiers();
  const labels = useLabels();
  const acts = useActs();
  const here = useSurroundings();

  const ownRow = (): readonly Segment[] => segments.rowOf(tiers.own?.id ?? '');

  /** Gives a label to what is chosen; a marked stretch becomes a segment with it. */
  function label(name: string): Promise<void> {
    labels.recent = name;
    return acts.act(async () => {
      const ids = here.chosenIds();
      if (ids.length > 0) return { kind: 'relabel', ids, label: name, to: await tiers.needOwn() };
      const place = selection.marked && (await here.freePlace());
      if (place) return { kind: 'create', ...place, label: name };
      return here.tell('Nothing is chosen.', 'Click a segment, or press ] for the next one.');
    });
  }

  /** What a note on a segment is on: in place of the model's, one's own that says something of the same stretch. */
  function noted(segment: Segment): Segment {
    if (segment.tier !== modelTier) return segment;
    return ownRow().find((own) => isCovered([own], segment)) ?? segment;
  }

  function note(segment: Segment, text: string): Promise<void> {
    return acts.act(async () => {
      const to = await tiers.needOwn();
      return { kind: 'note', id: noted(segment).id, note: text, to };
    }, segment.id === selection.segment?.id);
  }

  /** Takes over what of the model's is chosen, and turns to what is next. */
  async function accept(): Promise<void> {
    const { span } = selection;
    const ids = selection.chosen.filter(({ tier }) => tier === modelTier).map(({ id }) => id);
    if (ids.length > 0) {
      await acts.act(async () => ({ kind: 'accept', ids, to: await tiers.needOwn() }), false);
    }
    const after = span ? span.end : here.cursor();
    const next = nextOpen(segments.model, ownRow(), after) ?? nextOpen(segments.model, ownRow(), 0);
    if (next) selection.select(next);
    else here.tell('All that the model heard is dealt with.');
  }

  /** Says how many it were: what was done to things out of sight does not show by itself. */
  async function acceptAll(): Promise<void> {
    const row = ownRow();
    if (segments.model.every((each) => !isEmotion(each.label) || isCovered(row, each))) {
      here.tell('Nothing is left to accept.');
      return;
    }
    await acts.act(async () => ({ kind: 'accept', ids: null, to: await tiers.needOwn() }), false);
    const accepted = ownRow().length - row.length;
    if (accepted > 0) here.tell(`Accepted ${count(accepted, 'segment')} of the model.`);
  }

  /** The next or previous of the model's that it is not sure of and that nobody has dealt with. */
  function goToUncertain(step: 1 | -1): void {
    const own = ownRow();
    const open = segments.model.filter((each) => isUncertain(each) && !isCovered(own, each));
    const from = selection.segment ?? { id: 0, start: here.cursor() - step };
    const found = neighbour(open, from, step);
    if (found) selection.select(found);
    else here.tell(`There is no uncertain segment ${step > 0 ? 'after' : 'before'} this one.`);
  }

  return { label, note, noted, accept, acceptAll, goToUncertain };
});
