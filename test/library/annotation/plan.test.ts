import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { AnnotationAct } from '#shared/domain/annotation-act.ts';
import type { Plan, Situation } from '#library/annotation/draft.ts';
import { plan } from '#library/annotation/plan.ts';
import type { LabelledSegment } from '#library/database/segments.ts';
import {
  ann,
  anyAct,
  anySituation,
  bea,
  modelLabels,
  samples,
  situation,
  who,
} from './situations.ts';

/** All segments as they are after an act. */
function after(before: Situation, planned: Plan): readonly LabelledSegment[] {
  const changed = new Map(planned.changed.map((segment) => [segment.id, segment]));
  const removed = new Set(planned.removed);
  const kept = before.segments.filter(({ id }) => !removed.has(id));
  return [...kept.map((segment) => changed.get(segment.id) ?? segment), ...planned.added];
}

/** `start-end label` of a tier after an act, in order. */
function shown(before: Situation, act: AnnotationAct, tier = ann): readonly string[] {
  return after(before, plan(before, act))
    .filter((segment) => segment.tier === tier)
    .sort((one, other) => one.start - other.start)
    .map(({ start, end, label }) => `${start}-${end} ${label}`);
}

function refusal(before: Situation, act: AnnotationAct): string {
  try {
    plan(before, act);
  } catch (error) {
    if (error instanceof UndertoneError) return error.message;
    throw error;
  }
  return 'done';
}

const two = situation({
  [ann]: [
    { start: 1000, end: 2000, label: 'calm', note: 'one' },
    { start: 3000, end: 5000, label: 'angry', note: 'two' },
  ],
});
const modelled = situation({
  model: [
    { start: 0, end: 4000, label: 'calm' },
    { start: 4000, end: 5000, label: 'no speech' },
    { start: 5000, end: 9000, label: 'angry' },
    { start: 9000, end: 10_000, label: 'unsure' },
  ],
});

describe('creating', () => {
  const create = (start: number, end: number, tier = ann): AnnotationAct => ({
    kind: 'create',
    tier,
    start,
    end,
    label: 'amused',
  });

  it('fills the gap that holds the start, up to the neighbour or the end of the recording', () => {
    expect(shown(two, create(2200, 2800))).toContain('2200-2800 amused');
    expect(shown(two, create(2200, 4000))).toContain('2200-3000 amused');
    expect(shown(two, create(6000, 99_999))).toContain(`6000-${samples} amused`);
  });

  it('inside another segment begins after it', () => {
    expect(shown(two, create(1500, 2600))).toContain('2000-2600 amused');
  });

  it('where there is no room is refused', () => {
    expect(refusal(two, create(3500, 4500))).toMatch(/no room/u);
    expect(refusal(two, create(samples, samples + 1))).toMatch(/no room/u);
  });

  it('is for people’s tiers, those of speakers among them', () => {
    expect(shown(two, create(0, 9000, who), who)).toEqual(['0-9000 amused']);
    expect(refusal(two, create(0, 10, 'model'))).toMatch(/model/u);
    expect(refusal(two, create(0, 10, 'nobody'))).not.toBe('done');
  });

  it('makes a segment of a person, who is sure', () => {
    expect(plan(two, create(0, 10)).added).toMatchObject([
      { source: 'person', confidence: 1, model: '', probabilities: [], recordingId: 7 },
    ]);
  });
});

describe('moving and changing edges', () => {
  it('stops at the neighbours and at the ends', () => {
    const resize = (start: number, end: number): AnnotationAct => ({
      kind: 'resize',
      id: 2,
      start,
      end,
      to: ann,
    });
    expect(shown(two, resize(0, 99_999))).toEqual(['1000-2000 calm', `2000-${samples} angry`]);
    expect(shown(two, resize(3000, 3500))).toEqual(['1000-2000 calm', '3000-3500 angry']);
  });

  it('never loses a segment between its own edges', () => {
    const resize = (start: number, end: number): AnnotationAct => ({
      kind: 'resize',
      id: 1,
      start,
      end,
      to: ann,
    });
    expect(shown(two, resize(1000, 900))[0]).toBe('1000-1010 calm');
    expect(shown(two, resize(2500, 2000))[0]).toBe('1990-2000 calm');
  });

  it('moves all by as much as the tightest allows', () => {
    const move = (ids: readonly number[], by: number): AnnotationAct => ({
      kind: 'move',
      ids,
      by,
      to: ann,
    });
    expect(shown(two, move([1], 5000))).toEqual(['2000-3000 calm', '3000-5000 angry']);
    expect(shown(two, move([1, 2], 9000))).toEqual([`6000-7000 calm`, `8000-${samples} angry`]);
    expect(shown(two, move([1, 2], -9000))).toEqual(['0-1000 calm', '2000-4000 angry']);
    expect(plan(two, move([2], 0)).changed).toEqual([]);
  });
});

describe('splitting and merging', () => {
  it('splits at a sample, the note staying with the first part', () => {
    const planned = plan(two, { kind: 'split', id: 2, at: 3500, to: ann });
    expect(planned.changed).toMatchObject([{ id: 2, start: 3000, end: 3500, note: 'two' }]);
    expect(planned.added).toMatchObject([{ start: 3500, end: 5000, label: 'angry', note: '' }]);
    expect(planned.selection).toEqual([2, planned.added[0]?.id]);
    expect(refusal(two, { kind: 'split', id: 2, at: 3000, to: ann })).toMatch(/not inside/u);
    expect(refusal(two, { kind: 'split', id: 2, at: 5000, to: ann })).toMatch(/not inside/u);
  });

  it('merges under the label of the longer time, with all notes', () => {
    const planned = plan(two, { kind: 'merge', ids: [2, 1], to: ann });
    expect(planned.changed).toMatchObject([
      { id: 1, start: 1000, end: 5000, label: 'angry', note: 'one\ntwo' },
    ]);
    expect(planned.removed).toEqual([2]);
  });

  it('is the other’s inverse', () => {
    const [segment] = plan(two, { kind: 'split', id: 2, at: 3500, to: ann }).added;
    const parts = situation({
      [ann]: [
        { start: 3000, end: 3500, label: 'angry' },
        { start: segment?.start ?? 0, end: segment?.end ?? 0, label: 'angry' },
      ],
    });
    expect(shown(parts, { kind: 'merge', ids: [1, 2], to: ann })).toEqual(['3000-5000 angry']);
  });

  it('refuses what does not belong together', () => {
    const three = situation({
      [ann]: [
        { start: 0, end: 10 },
        { start: 10, end: 20 },
        { start: 20, end: 30 },
      ],
      [bea]: [{ start: 0, end: 10 }],
    });
    const merge = (...ids: number[]): AnnotationAct => ({ kind: 'merge', ids, to: ann });
    expect(refusal(three, merge(1))).toMatch(/two segments/u);
    expect(refusal(three, merge(1, 1))).toMatch(/two segments/u);
    expect(refusal(three, merge(1, 3))).toMatch(/between them/u);
    expect(refusal(three, merge(1, 4))).toMatch(/different tiers/u);
  });
});

describe('accepting', () => {
  const acceptAll: AnnotationAct = { kind: 'accept', ids: null, to: ann };

  it('takes all that the model is sure of, with what it said', () => {
    const planned = plan(modelled, acceptAll);
    expect(planned.added).toMatchObject([
      {
        tier: ann,
        start: 0,
        end: 4000,
        label: 'calm',
        source: 'person',
        confidence: 1,
        model: 'm-1',
        probabilities: [0.75, 0.25],
        labels: modelLabels,
      },
      { start: 5000, end: 9000, label: 'angry' },
    ]);
    expect(planned.changed).toEqual([]);
    expect(planned.removed).toEqual([]);
  });

  it('takes what it is named, unsure or silent as well', () => {
    expect(shown(modelled, { kind: 'accept', ids: [2, 4], to: ann })).toEqual([
      '4000-5000 no speech',
      `9000-${samples} unsure`,
    ]);
  });

  it('leaves alone what the person has labelled, and fills the gaps but for slivers', () => {
    const begun = situation({
      model: [{ start: 0, end: 4000, label: 'calm' }],
      [ann]: [
        { start: 50, end: 1000, label: 'angry' },
        { start: 2000, end: 3500, label: 'angry' },
      ],
    });
    expect(shown(begun, acceptAll)).toEqual([
      '50-1000 angry',
      '1000-2000 calm',
      '2000-3500 angry',
      '3500-4000 calm',
    ]);
  });

  it('a second time changes nothing', () => {
    const accepted = { ...modelled, segments: after(modelled, plan(modelled, acceptAll)) };
    expect(plan(accepted, acceptAll)).toEqual({
      added: [],
      changed: [],
      removed: [],
      selection: [],
    });
  });

  it('is for the tiers of annotators', () => {
    expect(refusal(modelled, { ...acceptAll, to: who })).toMatch(/annotator/u);
    expect(refusal(modelled, { ...acceptAll, to: 'model' })).toMatch(/annotator/u);
  });
});

describe('relabelling what the model found', () => {
  const relabel = (id: number): AnnotationAct => ({
    kind: 'relabel',
    ids: [id],
    label: 'amused',
    to: ann,
  });
  const withOwn = (...own: { start: number; end: number }[]): Situation =>
    situation({ model: [{ start: 2000, end: 4000, label: 'calm' }], [ann]: own });

  it('accepts it with the new label', () => {
    expect(shown(modelled, relabel(1))).toEqual(['0-4000 amused']);
    expect(shown(modelled, relabel(1), 'model')).toHaveLength(4);
    expect(plan(modelled, relabel(1)).added).toMatchObject([
      { model: 'm-1', probabilities: [0.75, 0.25], confidence: 1 },
    ]);
  });

  it('keeps the edges that the person has corrected', () => {
    expect(shown(withOwn({ start: 2200, end: 3900 }), relabel(1))).toEqual(['2200-3900 amused']);
  });

  it('fills up a stretch of which little is labelled', () => {
    expect(shown(withOwn({ start: 2000, end: 2500 }), relabel(1))).toEqual([
      '2000-2500 calm',
      '2500-4000 amused',
    ]);
  });

  it('cuts the stretch out of a longer segment', () => {
    expect(shown(withOwn({ start: 0, end: 9000 }), relabel(1))).toEqual([
      '0-2000 calm',
      '2000-4000 amused',
      '4000-9000 calm',
    ]);
    expect(shown(withOwn({ start: 2000, end: 9000 }), relabel(1))).toEqual([
      '2000-4000 amused',
      '4000-9000 calm',
    ]);
  });
});

describe('other acts on what the model found', () => {
  it('change an accepted copy of it', () => {
    expect(shown(modelled, { kind: 'resize', id: 1, start: 0, end: 3000, to: ann })).toEqual([
      '0-3000 calm',
    ]);
    expect(shown(modelled, { kind: 'split', id: 1, at: 1000, to: ann })).toEqual([
      '0-1000 calm',
      '1000-4000 calm',
    ]);
    expect(shown(modelled, { kind: 'merge', ids: [1, 2, 3], to: ann })).toEqual(['0-9000 calm']);
    const noted = plan(modelled, { kind: 'note', id: 3, note: 'shouts', to: ann });
    expect(noted.added).toMatchObject([{ start: 5000, note: 'shouts' }]);
    expect(noted.selection).toEqual([noted.added[0]?.id]);
  });

  it('are refused where the person has labelled that stretch already', () => {
    const covered = situation({
      model: [{ start: 0, end: 4000 }],
      [ann]: [{ start: 0, end: 4000 }],
    });
    expect(refusal(covered, { kind: 'split', id: 1, at: 1000, to: ann })).toMatch(/already/u);
  });

  it('never delete it', () => {
    expect(refusal(modelled, { kind: 'delete', ids: [1] })).toMatch(/model/u);
  });
});

describe('any act on any recording', () => {
  const both = anySituation.chain((before) =>
    anyAct(before.segments.map(({ id }) => id)).map((act) => ({ before, act })),
  );

  /** @returns null where the act was refused, in words */
  function attempt(before: Situation, act: AnnotationAct): Plan | null {
    try {
      return plan(before, act);
    } catch (error) {
      // Anything else is a bug, which is to fail the test.
      if (error instanceof UndertoneError && ['edit-refused', 'not-found'].includes(error.code)) {
        return null;
      }
      throw error;
    }
  }

  it('leaves no overlap within a tier and nothing outside the recording', () => {
    fc.assert(
      fc.property(both, ({ before, act }) => {
        const planned = attempt(before, act);
        if (!planned) return;
        const segments = after(before, planned);
        for (const { id } of before.tiers) {
          const tier = segments
            .filter((segment) => segment.tier === id)
            .sort((one, other) => one.start - other.start);
          tier.forEach((segment, index) => {
            expect(segment.start).toBeGreaterThanOrEqual(tier[index - 1]?.end ?? 0);
            expect(segment.end).toBeGreaterThan(segment.start);
            expect(segment.end).toBeLessThanOrEqual(samples);
          });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('never touches the model’s segments, nor tiers that it does not name', () => {
    fc.assert(
      fc.property(both, ({ before, act }) => {
        const planned = attempt(before, act);
        if (!planned) return;
        const touched = [...planned.added, ...planned.changed].map(({ tier }) => tier);
        expect(touched).not.toContain('model');
        const removed = before.segments.filter(({ id }) => planned.removed.includes(id));
        expect(removed.map(({ tier }) => tier)).not.toContain('model');
        const named = namedTiers(before, act);
        for (const tier of [...touched, ...removed.map(({ tier }) => tier)]) {
          expect(named).toContain(tier);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('selects what is there', () => {
    fc.assert(
      fc.property(both, ({ before, act }) => {
        const planned = attempt(before, act);
        if (!planned) return;
        const there = after(before, planned).map(({ id }) => id);
        expect(there).toEqual(expect.arrayContaining([...planned.selection]));
        expect(new Set(there).size).toBe(there.length);
      }),
      { numRuns: 1000 },
    );
  });

  function namedTiers(before: Situation, act: AnnotationAct): readonly string[] {
    const ids = 'ids' in act ? (act.ids ?? []) : 'id' in act ? [act.id] : [];
    const own = before.segments.filter(({ id }) => ids.includes(id)).map(({ tier }) => tier);
    const to = 'to' in act ? [act.to] : act.kind === 'create' ? [act.tier] : [];
    return [...own, ...to];
  }
});
