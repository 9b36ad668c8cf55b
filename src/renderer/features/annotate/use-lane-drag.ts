import type { Segment } from '#shared/domain/segment.ts';
import type { Tier } from '#shared/domain/tier.ts';
import { toSamples, type Span } from '#shared/domain/time.ts';
import { useRecording } from '../recording/index.ts';
import { useSegments, useSelection, useTiers } from '../segments/index.ts';
import { usePlayer } from '../transport/index.ts';
import { useActs } from './acts.ts';
import { actOf } from './draft.ts';
import { drawn, gapAround, leastSeconds, movedBy, withEdge, type Edge } from './edges.ts';
import type { Hit } from './hit.ts';
import { useLabels } from './labels.ts';
import { magnets, snap, snapMove, type Magnets } from './snap.ts';

/** What a drag has taken hold of. */
export type Grip =
  | { readonly kind: 'marquee' }
  | {
      readonly kind: 'gap';
      readonly gap: Span;
      readonly from: number;
      readonly label: string;
      readonly to: Magnets;
    }
  | {
      readonly kind: 'edge';
      readonly segment: Segment;
      readonly edge: Edge;
      readonly from: number;
      readonly to: Magnets;
    }
  | {
      readonly kind: 'body';
      readonly ids: ReadonlySet<number>;
      readonly span: Span;
      readonly from: number;
      readonly to: Magnets;
    };

interface LaneDrag {
  readonly begin: (hit: Hit, sample: number) => Grip | null;
  /** @param reach samples within which edges snap */
  readonly move: (grip: Grip, sample: number, reach: number) => void;
  readonly end: () => void;
}

/** Turns a drag on one row into a draft, and the draft into one act when the mouse is let go. */
export function useLaneDrag(tier: () => Tier): LaneDrag {
  const recording = useRecording();
  const segments = useSegments();
  const selection = useSelection();
  const tiers = useTiers();
  const player = usePlayer();
  const labels = useLabels();
  const acts = useActs();

  const row = (): readonly Segment[] => segments.rowOf(tier().id);
  const rate = (): number => recording.sound?.sampleRate ?? 1;
  const total = (): number => recording.sound?.samples ?? 0;

  function magnetsWithout(moving: ReadonlySet<number>): Magnets {
    const { marked } = selection;
    const others = [0, total(), toSamples(player.time, rate())];
    if (marked) others.push(marked.start, marked.end);
    return magnets({ model: segments.model, row: row(), moving, others });
  }

  function begin(hit: Hit, from: number): Grip | null {
    tiers.activate(tier().id);
    if (hit.kind === 'gap') {
      const gap = gapAround(row(), from, total());
      const to = magnetsWithout(new Set());
      return gap && { kind: 'gap', gap, from, label: labels.first(tier().id), to };
    }
    const { segment } = hit;
    if (!selection.ids.has(segment.id)) selection.select(segment);
    if (hit.kind === 'edge') {
      const to = magnetsWithout(new Set([segment.id]));
      return { kind: 'edge', segment, edge: hit.edge, from, to };
    }
    const along = selection.chosen.filter((each) => each.tier === tier().id);
    const ids = new Set(along.map(({ id }) => id));
    const span = { start: along[0]?.start ?? 0, end: along.at(-1)?.end ?? 0 };
    return { kind: 'body', ids, span, from, to: magnetsWithout(ids) };
  }

  function move(grip: Grip, sample: number, reach: number): void {
    const { id } = tier();
    switch (grip.kind) {
      case 'marquee':
        return;
      case 'gap': {
        const [from, to] = [grip.from, sample].map((each) => snap(each, grip.to, reach));
        const span = drawn(grip.gap, from ?? grip.from, to ?? sample);
        acts.draft = { kind: 'create', tier: id, span, label: grip.label };
        return;
      }
      case 'edge': {
        const wanted = snap(grip.segment[grip.edge] + sample - grip.from, grip.to, reach);
        const limits = { total: total(), least: toSamples(leastSeconds, rate()) };
        const span = withEdge(row(), grip.segment, grip.edge, wanted, limits);
        acts.draft = { kind: 'resize', tier: id, id: grip.segment.id, span };
        return;
      }
      case 'body': {
        const wanted = snapMove(grip.span, sample - grip.from, grip.to, reach);
        const by = Math.round(movedBy(row(), grip.ids, wanted, total()));
        acts.draft = { kind: 'move', tier: id, ids: grip.ids, by };
      }
    }
  }

  function end(): void {
    const { draft } = acts;
    if (!draft) return;
    const made = actOf(draft, row(), tier().id);
    // The draft stays on the screen until the library has answered, so that nothing jumps in between.
    void acts
      .act(() => made)
      .finally(() => {
        if (acts.draft === draft) acts.draft = null;
      });
  }

  return { begin, move, end };
}
