import type { AnnotationAct } from '#shared/domain/annotation-act.ts';
import type { Segment } from '#shared/domain/segment.ts';
import { spanLength, type Span } from '#shared/domain/time.ts';

/** A change that is shown while it is being drawn, and until the library has answered. */
export type Draft =
  | { readonly kind: 'create'; readonly tier: string; readonly span: Span; readonly label: string }
  | { readonly kind: 'resize'; readonly tier: string; readonly id: number; readonly span: Span }
  | {
      readonly kind: 'move';
      readonly tier: string;
      readonly ids: ReadonlySet<number>;
      readonly by: number;
    };

/** The id of a segment that is not one yet. */
export const draftId = -1;

/** A row as it will be when the draft has become an act. */
export function withDraft(
  row: readonly Segment[],
  tier: string,
  draft: Draft | null,
): readonly Segment[] {
  if (draft?.tier !== tier) return row;
  switch (draft.kind) {
    case 'create':
      return spanLength(draft.span) > 0 ? insert(row, drawnSegment(draft)) : row;
    case 'resize':
      return row.map((segment) =>
        segment.id === draft.id ? { ...segment, ...draft.span } : segment,
      );
    case 'move':
      return row.map((segment) =>
        draft.ids.has(segment.id)
          ? { ...segment, start: segment.start + draft.by, end: segment.end + draft.by }
          : segment,
      );
  }
}

/** The act that a draft becomes; null where it would change nothing. */
export function actOf(draft: Draft, row: readonly Segment[], to: string): AnnotationAct | null {
  switch (draft.kind) {
    case 'create':
      return spanLength(draft.span) > 0
        ? { kind: 'create', tier: draft.tier, ...draft.span, label: draft.label }
        : null;
    case 'resize': {
      const before = row.find(({ id }) => id === draft.id);
      const { start, end } = draft.span;
      if (!before || (before.start === start && before.end === end)) return null;
      return { kind: 'resize', id: draft.id, start, end, to };
    }
    case 'move':
      return draft.by === 0 ? null : { kind: 'move', ids: [...draft.ids], by: draft.by, to };
  }
}

function drawnSegment({ tier, span, label }: Extract<Draft, { kind: 'create' }>): Segment {
  return {
    ...span,
    id: draftId,
    recordingId: 0,
    tier,
    label,
    confidence: 1,
    probabilities: [],
    source: 'person',
    annotator: '',
    model: '',
    note: '',
  };
}

function insert(row: readonly Segment[], segment: Segment): readonly Segment[] {
  const at = row.findIndex(({ start }) => start >= segment.end);
  return at < 0 ? [...row, segment] : row.toSpliced(at, 0, segment);
}
