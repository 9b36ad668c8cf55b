import { UndertoneError } from '#shared/contract/errors.ts';
import { modelTier, type Tier } from '#shared/domain/tier.ts';
import type { Span } from '#shared/domain/time.ts';
import type { LabelledSegment } from '../database/segments.ts';

/** A recording as it is when a person does something to its segments. */
export interface Situation {
  readonly recordingId: number;
  /** Length of its sound. */
  readonly samples: number;
  readonly sampleRate: number;
  readonly tiers: readonly Tier[];
  /** Of any tier: at least those that the act names, and on the tiers that it changes those around them. */
  readonly segments: readonly LabelledSegment[];
}

/** What an act does to the segments of a recording. New ones have ids below 0, to be given real ones. */
export interface Plan {
  readonly added: readonly LabelledSegment[];
  readonly changed: readonly LabelledSegment[];
  readonly removed: readonly number[];
  /** Ids of what the act is about afterwards. */
  readonly selection: readonly number[];
}

/** What a person's segment begins as. */
type NewSegment = Pick<LabelledSegment, 'tier' | 'start' | 'end' | 'label'> &
  Partial<Pick<LabelledSegment, 'model' | 'probabilities' | 'labels' | 'note'>>;

/** The segments of a recording while an act is planned; nothing of it is stored. */
export interface Draft {
  readonly situation: Situation;
  /** @throws UndertoneError `not-found` */
  readonly get: (id: number) => LabelledSegment;
  /** Those of a tier, in the order of start. */
  readonly on: (tier: string) => readonly LabelledSegment[];
  /** @returns the id of the new one */
  readonly add: (segment: NewSegment) => number;
  /** The model's segments stay as they are: to change one is a mistake of the program. */
  readonly change: (id: number, what: Partial<Omit<LabelledSegment, 'id'>>) => void;
  readonly remove: (id: number) => void;
  /** @throws Error where the plan would leave segments of a tier overlapping or outside the recording */
  readonly finish: (selection: readonly number[]) => Plan;
}

export function createDraft(situation: Situation): Draft {
  const originals = new Map(situation.segments.map((segment) => [segment.id, segment]));
  const current = new Map(originals);
  let lastId = 0;

  function get(id: number): LabelledSegment {
    const segment = current.get(id);
    if (!segment) throw new UndertoneError('not-found', { subject: 'This segment' });
    return segment;
  }

  function own(id: number): LabelledSegment {
    const segment = get(id);
    if (segment.tier === modelTier) throw new Error('The model’s segments are not to be changed.');
    return segment;
  }

  const on = (tier: string): readonly LabelledSegment[] =>
    [...current.values()]
      .filter((segment) => segment.tier === tier)
      .sort((one, other) => one.start - other.start);

  return {
    situation,
    get,
    on,
    add: (segment) => {
      lastId -= 1;
      const { recordingId } = situation;
      current.set(lastId, { ...blank, ...segment, id: lastId, recordingId });
      return lastId;
    },
    change: (id, what) => {
      const segment = own(id);
      if (hasChanged(segment, what)) current.set(id, { ...segment, ...what });
    },
    remove: (id) => {
      current.delete(own(id).id);
    },
    finish: (selection) => {
      const added = [...current.values()].filter(({ id }) => !originals.has(id));
      const changed = [...current.values()].filter((segment) => {
        const original = originals.get(segment.id);
        return original && original !== segment;
      });
      const removed = [...originals.keys()].filter((id) => !current.has(id));
      const moved = new Set([...added, ...changed].map(({ id }) => id));
      for (const tier of new Set([...added, ...changed].map((segment) => segment.tier))) {
        assertTidy(on(tier), moved, situation.samples);
      }
      return { added, changed, removed, selection };
    },
  };
}

const blank = {
  confidence: 1,
  source: 'person',
  annotator: '',
  model: '',
  probabilities: [],
  labels: [],
  note: '',
} as const;

function hasChanged(segment: LabelledSegment, what: Partial<Omit<LabelledSegment, 'id'>>): boolean {
  return Object.entries(what).some(([name, value]) => segment[name as keyof typeof what] !== value);
}

/** Only what the act touched is held to account: older segments may reach beyond a file cut since. */
function assertTidy(
  segments: readonly (Span & { readonly id: number })[],
  touched: ReadonlySet<number>,
  samples: number,
): void {
  for (const [index, { id, start, end }] of segments.entries()) {
    const next = segments[index + 1];
    const overlaps = next && next.start < end && (touched.has(id) || touched.has(next.id));
    const outside = touched.has(id) && (start < 0 || start >= end || end > samples);
    if (overlaps || outside) throw new Error('An act would leave segments in disorder.');
  }
}
