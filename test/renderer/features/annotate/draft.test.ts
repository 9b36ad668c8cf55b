import { describe, expect, it } from 'vitest';
import {
  actOf,
  draftId,
  withDraft,
  type Draft,
} from '../../../../src/renderer/features/annotate/draft.ts';
import { segmentOf } from '../../support/segments.ts';

const tier = 'annotator-1';
const row = [segmentOf(0, 10), segmentOf(20, 30), segmentOf(40, 50)];
const spans = (segments: typeof row) => segments.map(({ id, start, end }) => [id, start, end]);

describe('a draft', () => {
  const create: Draft = { kind: 'create', tier, span: { start: 12, end: 18 }, label: 'sad' };
  const resize: Draft = { kind: 'resize', tier, id: 20, span: { start: 15, end: 30 } };
  const move: Draft = { kind: 'move', tier, ids: new Set([20, 40]), by: -5 };

  it('shows on its own row only', () => {
    expect(withDraft(row, 'model', move)).toBe(row);
    expect(withDraft(row, tier, null)).toBe(row);
  });

  it('shows what will be', () => {
    expect(spans([...withDraft(row, tier, create)])[1]).toEqual([draftId, 12, 18]);
    expect(spans([...withDraft(row, tier, resize)])[1]).toEqual([20, 15, 30]);
    expect(spans([...withDraft(row, tier, move)])).toEqual([
      [0, 0, 10],
      [20, 15, 25],
      [40, 35, 45],
    ]);
  });

  it('becomes one act', () => {
    expect(actOf(create, row, tier)).toEqual({
      ...{ kind: 'create', tier, start: 12, end: 18, label: 'sad' },
    });
    expect(actOf(resize, row, tier)).toEqual({
      ...{ kind: 'resize', id: 20, start: 15, end: 30, to: tier },
    });
    expect(actOf(move, row, tier)).toEqual({ kind: 'move', ids: [20, 40], by: -5, to: tier });
  });

  it('that changes nothing becomes none', () => {
    expect(actOf({ ...create, span: { start: 12, end: 12 } }, row, tier)).toBeNull();
    expect(actOf({ ...resize, span: { start: 20, end: 30 } }, row, tier)).toBeNull();
    expect(actOf({ ...move, by: 0 }, row, tier)).toBeNull();
  });
});
