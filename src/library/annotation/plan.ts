import type { AnnotationAct } from '#shared/domain/annotation-act.ts';
import { modelTier } from '#shared/domain/tier.ts';
import { accept, owned, ownedOne, sureOf } from './accept.ts';
import { merge, split } from './divide.ts';
import { createDraft, type Draft, type Plan, type Situation } from './draft.ts';
import { create, move, resize } from './place.ts';
import { refusal } from './refusal.ts';
import { relabel } from './relabel.ts';

/**
 * What an act does to the segments of a recording. Nothing is stored, and the model's segments are never
 * among what changes.
 *
 * @throws UndertoneError `edit-refused`, or `not-found` where a segment is no longer there
 */
export function plan(situation: Situation, act: AnnotationAct): Plan {
  const draft = createDraft(situation);
  return draft.finish(doIn(draft, act));
}

/** @returns the ids of what the act is about afterwards */
function doIn(draft: Draft, act: AnnotationAct): readonly number[] {
  switch (act.kind) {
    case 'create':
      return [create(draft, act)];
    case 'relabel':
      return relabel(draft, act.ids, act.label, act.to);
    case 'resize': {
      const segment = ownedOne(draft, act.id, act.to);
      resize(draft, segment, act);
      return [segment.id];
    }
    case 'move': {
      const ids = owned(draft, act.ids, act.to);
      move(draft, ids, act.by);
      return ids;
    }
    case 'split':
      return split(draft, ownedOne(draft, act.id, act.to), act.at);
    case 'merge':
      return [merge(draft, owned(draft, act.ids, act.to))];
    case 'delete':
      removeAll(draft, act.ids);
      return [];
    case 'note': {
      const { id } = ownedOne(draft, act.id, act.to);
      draft.change(id, { note: act.note });
      return [id];
    }
    case 'accept':
      return accept(draft, [...new Set(act.ids ?? sureOf(draft))], act.to);
  }
}

function removeAll(draft: Draft, ids: readonly number[]): void {
  const segments = [...new Set(ids)].map(draft.get);
  if (segments.some(({ tier }) => tier === modelTier)) throw refusal('model-tier');
  for (const { id } of segments) draft.remove(id);
}
