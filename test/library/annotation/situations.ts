import fc from 'fast-check';
import type { AnnotationAct } from '#shared/domain/annotation-act.ts';
import type { Situation } from '#library/annotation/draft.ts';
import type { LabelledSegment } from '#library/database/segments.ts';

/** Recordings in the middle of being annotated, and what a person may do to them. */

export const samples = 10_000;
const sampleRate = 1000;
export const ann = 'annotator-1';
export const bea = 'annotator-2';
export const who = 'speakers-1';
export const modelLabels = ['calm', 'angry'] as const;

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly label?: string;
  readonly note?: string;
}

/** Segments with the ids 1, 2, 3 ... in the order given. */
export function situation(tiers: Readonly<Record<string, readonly Stretch[]>>): Situation {
  const segments = Object.entries(tiers).flatMap(([tier, stretches]) =>
    stretches.map((stretch) => toSegment(tier, stretch)),
  );
  return {
    recordingId: 7,
    samples,
    sampleRate,
    tiers: [
      { id: 'model', kind: 'model', name: 'Model' },
      { id: ann, kind: 'annotator', name: 'Ann' },
      { id: bea, kind: 'annotator', name: 'Bea' },
      { id: who, kind: 'speakers', name: 'Who speaks' },
    ],
    segments: segments.map((segment, index) => ({ ...segment, id: index + 1 })),
  };
}

function toSegment(tier: string, { start, end, label, note }: Stretch): LabelledSegment {
  const isModel = tier === 'model';
  return {
    id: 0,
    recordingId: 7,
    tier,
    start,
    end,
    label: label ?? 'calm',
    confidence: isModel ? 0.75 : 1,
    probabilities: isModel ? [0.75, 0.25] : [],
    labels: isModel ? modelLabels : [],
    source: isModel ? 'model' : 'person',
    annotator: '',
    model: isModel ? 'm-1' : '',
    note: note ?? '',
  };
}

const label = fc.constantFrom('calm', 'angry', 'unsure', 'no speech', 'amused');

/** Segments of one tier without overlaps, some of them touching. */
const stretches: fc.Arbitrary<readonly Stretch[]> = fc
  .uniqueArray(fc.nat({ max: samples }), { minLength: 2, maxLength: 12 })
  .chain((cuts) => {
    const edges = cuts.toSorted((one, other) => one - other);
    return fc
      .array(fc.record({ isThere: fc.boolean(), label }), {
        minLength: edges.length - 1,
        maxLength: edges.length - 1,
      })
      .map((parts) =>
        parts.flatMap((part, index) =>
          part.isThere
            ? [{ start: edges[index] ?? 0, end: edges[index + 1] ?? samples, label: part.label }]
            : [],
        ),
      );
  });

export const anySituation: fc.Arbitrary<Situation> = fc
  .record({ model: stretches, [ann]: stretches, [bea]: stretches, [who]: stretches })
  .map(situation);

const to = fc.constantFrom(ann, ann, ann, ann, bea, bea, who, 'model', 'nobody');

/** Acts on segments with these ids in a recording of a length, sensible ones and others. */
export function anyAct(
  known: readonly number[],
  length: number = samples,
): fc.Arbitrary<AnnotationAct> {
  const at = fc.nat({ max: length + 10 });
  const id = fc.constantFrom(...(known.length > 0 ? known : [1]));
  const ids = fc.array(id, { minLength: 1, maxLength: 5 });
  const edge = { start: at, end: fc.integer({ min: 1, max: length + 10 }) };
  const kind = <K extends AnnotationAct['kind']>(name: K): fc.Arbitrary<K> => fc.constant(name);
  return fc.oneof(
    fc.record({ kind: kind('create'), tier: to, ...edge, label }),
    fc.record({ kind: kind('relabel'), ids, label, to }),
    fc.record({ kind: kind('resize'), id, ...edge, to }),
    fc.record({ kind: kind('move'), ids, by: fc.integer({ min: -length, max: length }), to }),
    fc.record({ kind: kind('split'), id, at, to }),
    fc.record({ kind: kind('merge'), ids, to }),
    fc.record({ kind: kind('delete'), ids }),
    fc.record({ kind: kind('note'), id, note: fc.constantFrom('', 'a sigh'), to }),
    fc.record({ kind: kind('accept'), ids: fc.option(ids), to }),
  );
}
