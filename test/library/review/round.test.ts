import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Segment } from '#shared/domain/segment.ts';
import type { ReviewRound } from '#shared/domain/review.ts';
import { makeFiles, openReadyLibrary, openTestLibrary } from '../support/test-library.ts';

type Opened = Awaited<ReturnType<typeof openReadyLibrary>> & {
  readonly recordingIds: readonly number[];
};

const tier = 'annotator-1';

/** Recordings of 3 s in each of which the model says neutral (50 %), no speech and angry (75 %), a second each. */
async function openAnalysed(count: number): Promise<Opened> {
  const library = await openReadyLibrary();
  const names = Array.from({ length: count }, (_, at) => `r${at}.wav`);
  const files = Object.fromEntries(names.map((name) => [name, name]));
  const recordingIds = await library.importPaths(...makeFiles(library.folder, files));
  for (const id of recordingIds) await library.untilKind(id, 'ready');
  return { ...library, recordingIds };
}

type Asked = Pick<Opened, 'page'>;

async function round({ page }: Asked): Promise<ReviewRound> {
  const found = await page.call('review.state', { tier });
  if (!found) throw new Error('Nothing has been planned.');
  return found;
}

async function plan(opened: Asked, size: number, recordingId: number | null = null) {
  await opened.page.call('review.plan', { tier, recordingId, size });
  return round(opened);
}

/** What the model says of each item. */
async function modelSegments(opened: Opened): Promise<ReadonlyMap<number, Segment>> {
  const lists = await Promise.all(
    opened.recordingIds.map((recordingId) => opened.page.call('segments.list', { recordingId })),
  );
  return new Map(lists.flat().flatMap((each) => (each.tier === 'model' ? [[each.id, each]] : [])));
}

async function own({ page }: Asked, recordingId: number): Promise<readonly Segment[]> {
  const segments = await page.call('segments.list', { recordingId });
  return segments.filter((segment) => segment.tier === tier);
}

const doneOf = ({ items }: ReviewRound): number => items.filter(({ done }) => done).length;

describe('a round', () => {
  it('mixes what is chosen with audits, each segment with speech once, and reports how far it is', async () => {
    const opened = await openAnalysed(12);
    expect(await opened.page.call('review.state', { tier })).toBeNull();
    const { items, recordingId, accuracy } = await plan(opened, 20);
    expect(recordingId).toBeNull();
    expect(items).toHaveLength(20);
    expect(items.filter(({ audit }) => audit)).toHaveLength(5);
    expect(new Set(items.map(({ segmentId }) => segmentId)).size).toBe(20);
    const model = await modelSegments(opened);
    for (const { segmentId, start, end, seconds, done } of items) {
      expect(model.get(segmentId)).toMatchObject({ start, end });
      expect(model.get(segmentId)?.label).not.toBe('no speech');
      expect({ seconds, done }).toEqual({ seconds: 1, done: false });
    }
    // The less sure first, where nothing else tells them apart.
    const chosen = items.filter(({ audit }) => !audit).map(({ segmentId }) => model.get(segmentId));
    expect(chosen[0]?.label).toBe('neutral');
    expect(accuracy).toEqual({ heard: 0, same: 0, population: 24, waiting: 0, estimate: null });
  });

  it('audits anew what the model calls otherwise since recordings are normalised by speaker', async () => {
    const opened = await openAnalysed(2);
    const { page, recordingIds: ids } = opened;
    const auditAll = async (): Promise<number> => {
      for (;;) {
        const { items, accuracy } = await plan(opened, 10);
        const asked = items.filter(({ audit }) => audit);
        if (asked.length === 0) return accuracy.heard;
        for (const { segmentId } of asked) {
          await page.call('review.audit', { tier, segmentId, label: 'neutral' });
        }
      }
    };
    expect(await auditAll()).toBe(4);

    await page.call('recordings.describe', { ids, change: { speaker: 'Anna' } });
    const { profile } = await page.call('speakers.compare', { speaker: 'Anna' });
    await page.call('speakers.normalise', { profile });
    const heard = async () => (await plan(opened, 10)).accuracy.heard;
    await expect.poll(heard).toBe(2);
    expect(await auditAll()).toBe(4);
  });

  it('is about one recording where that is asked for, and takes the place of the one before', async () => {
    const opened = await openAnalysed(3);
    const [, second = 0] = opened.recordingIds;
    await plan(opened, 10);
    const { items, recordingId, accuracy } = await plan(opened, 10, second);
    expect(recordingId).toBe(second);
    expect(items.map((item) => item.recordingId)).toEqual([second, second]);
    expect(accuracy.population).toBe(2);
  });

  it('moves on with any act that labels a segment, and back when that is undone', async () => {
    const opened = await openAnalysed(6);
    const { items } = await plan(opened, 10);
    const chosen = items.find(({ audit }) => !audit);
    if (!chosen) throw new Error('Nothing was chosen.');
    const { segmentId, recordingId } = chosen;
    await opened.page.call('segments.act', {
      recordingId,
      act: { kind: 'relabel', ids: [segmentId], label: 'happy', to: tier },
    });
    expect(doneOf(await round(opened))).toBe(1);
    await opened.page.call('history.undo', {});
    expect(doneOf(await round(opened))).toBe(0);
  });

  it('holds at the next start, without what has gone since', async () => {
    const opened = await openAnalysed(5);
    const before = await plan(opened, 10);
    const [gone = 0] = opened.recordingIds;
    await opened.page.call('recordings.remove', { ids: [gone] });
    await opened.library.close();
    const again = await openTestLibrary(join(opened.folder, 'project'));
    const kept = before.items.filter(({ recordingId }) => recordingId !== gone);
    expect((await round(again)).items).toEqual(kept);
    await again.page.call('recordings.putBack', { ids: [gone] });
    expect((await round(again)).items).toEqual(before.items);
    await again.page.call('recordings.remove', { ids: [gone] });
    await again.page.call('recordings.deleteForGood', { ids: [gone] });
    expect((await round(again)).items).toEqual(kept);
  });

  it('has nothing but audits left once all is labelled, and nothing where there is no speech', async () => {
    const opened = await openAnalysed(4);
    for (const recordingId of opened.recordingIds) {
      const act = { kind: 'accept', ids: null, to: tier } as const;
      await opened.page.call('segments.act', { recordingId, act });
    }
    const { items } = await plan(opened, 10);
    expect(items.map(({ audit, done }) => ({ audit, done }))).toEqual(
      Array.from({ length: 5 }, () => ({ audit: true, done: false })),
    );
    await opened.page.call('recordings.remove', { ids: opened.recordingIds });
    expect((await plan(opened, 10)).items).toEqual([]);
  });

  it('is refused for a tier that is nobody’s', async () => {
    const { page } = await openAnalysed(1);
    const asked = page.call('review.plan', { tier: 'model', recordingId: null, size: 10 });
    await expect(asked).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('an audit', () => {
  const answer = (opened: Asked, segmentId: number, label: string) =>
    opened.page.call('review.audit', { tier, segmentId, label });
  const auditsOf = ({ items }: ReviewRound) => items.filter(({ audit }) => audit);

  it('labels the stretch and counts, as one step that undo takes back and redo brings again', async () => {
    const opened = await openAnalysed(6);
    const [first] = auditsOf(await plan(opened, 10));
    if (!first) throw new Error('Nothing was drawn.');
    const answered = await answer(opened, first.segmentId, 'sad');
    const { start, end, recordingId } = first;
    expect(answered.changed).toMatchObject([{ tier, start, end, label: 'sad' }]);
    expect(await own(opened, recordingId)).toEqual(answered.changed);
    const after = await round(opened);
    expect(after.accuracy).toMatchObject({ heard: 1, same: 0, estimate: null });
    expect(doneOf(after)).toBe(1);
    const { undo } = await opened.page.call('history.state', {});
    expect(undo?.words).toBe('Listened without the model and heard sad');

    await opened.page.call('history.undo', {});
    expect(await own(opened, recordingId)).toEqual([]);
    expect((await round(opened)).accuracy.heard).toBe(0);
    await opened.page.call('history.redo', {});
    expect(await round(opened)).toEqual(after);
  });

  it('gives an estimate after five, which goes by the audits alone', async () => {
    const opened = await openAnalysed(10);
    const planned = await plan(opened, 10);
    const model = await modelSegments(opened);
    // Everything that was chosen is corrected: that says nothing about how often the model is right.
    for (const { segmentId, recordingId, audit } of planned.items) {
      const act = { kind: 'relabel', ids: [segmentId], label: 'happy', to: tier } as const;
      if (!audit) await opened.page.call('segments.act', { recordingId, act });
    }
    for (const [at, { segmentId }] of auditsOf(planned).entries()) {
      expect((await round(opened)).accuracy.estimate).toBeNull();
      const heard = at === 0 ? 'happy' : (model.get(segmentId)?.label ?? '');
      await answer(opened, segmentId, heard);
    }
    const { accuracy } = await round(opened);
    expect(accuracy).toMatchObject({ heard: 5, same: 4, population: 20, waiting: 0 });
    expect(accuracy.estimate?.share).toBe(0.8);
    expect(accuracy.estimate?.low).toBeGreaterThan(0.3);
    expect(accuracy.estimate?.high).toBeLessThan(1);
    // The next round asks about others.
    const next = auditsOf(await plan(opened, 10)).map(({ segmentId }) => segmentId);
    expect(next).toHaveLength(5);
    for (const { segmentId } of auditsOf(planned)) expect(next).not.toContain(segmentId);
  });

  it('says how many were passed over, for those may be the hard ones', async () => {
    const opened = await openAnalysed(10);
    const audits = auditsOf(await plan(opened, 10));
    await answer(opened, audits.at(-1)?.segmentId ?? 0, 'sad');
    expect((await round(opened)).accuracy).toMatchObject({ heard: 1, waiting: 4 });
    await answer(opened, audits[0]?.segmentId ?? 0, 'sad');
    expect((await round(opened)).accuracy).toMatchObject({ heard: 2, waiting: 3 });
  });

  it('can be answered anew, and then counts once', async () => {
    const opened = await openAnalysed(6);
    const [first] = auditsOf(await plan(opened, 10));
    await answer(opened, first?.segmentId ?? 0, 'sad');
    await answer(opened, first?.segmentId ?? 0, 'happy');
    expect((await round(opened)).accuracy.heard).toBe(1);
    expect(await own(opened, first?.recordingId ?? 0)).toMatchObject([{ label: 'happy' }]);
  });

  it('asks about what is labelled, too, and leaves what a person has divided as it is', async () => {
    const opened = await openAnalysed(3);
    for (const recordingId of opened.recordingIds) {
      const act = { kind: 'accept', ids: null, to: tier } as const;
      await opened.page.call('segments.act', { recordingId, act });
      const [first] = await own(opened, recordingId);
      const split = { kind: 'split', id: first?.id ?? 0, at: 500, to: tier } as const;
      const { changed } = await opened.page.call('segments.act', { recordingId, act: split });
      const relabel = {
        kind: 'relabel',
        ids: [changed.at(-1)?.id ?? 0],
        label: 'happy',
        to: tier,
      } as const;
      await opened.page.call('segments.act', { recordingId, act: relabel });
    }
    const divided = auditsOf(await plan(opened, 10)).find(({ start }) => start === 0);
    if (!divided) throw new Error('None of three of six was drawn as the fifth.');
    const before = await own(opened, divided.recordingId);
    expect((await answer(opened, divided.segmentId, 'angry')).changed).toEqual([]);
    expect(await own(opened, divided.recordingId)).toEqual(before);
    expect((await round(opened)).accuracy.heard).toBe(1);
  });

  it('of one recording alone does not make that one count for more among all', async () => {
    const opened = await openAnalysed(8);
    const [only = 0] = opened.recordingIds;
    for (const { segmentId } of auditsOf(await plan(opened, 10, only))) {
      await answer(opened, segmentId, 'neutral');
    }
    expect((await round(opened)).accuracy).toMatchObject({ heard: 2, population: 2 });
    const all = await plan(opened, 10);
    expect(all.accuracy).toMatchObject({ heard: 0, population: 16 });
    for (const { segmentId } of auditsOf(all)) await answer(opened, segmentId, 'neutral');
    // Of the two those count that would have been drawn anyway.
    const { accuracy } = await round(opened);
    expect(accuracy.heard).toBeGreaterThanOrEqual(5);
    expect(accuracy.heard).toBeLessThanOrEqual(7);
  });

  it('is kept by an analysis that says the same again', async () => {
    const opened = await openAnalysed(4);
    const [first] = auditsOf(await plan(opened, 10));
    await answer(opened, first?.segmentId ?? 0, 'angry');
    const id = first?.recordingId ?? 0;
    await opened.page.call('recordings.retry', { ids: [id] });
    await opened.until(id, ({ status }) => status.kind === 'working');
    await opened.untilKind(id, 'ready');
    const { accuracy, items } = await plan(opened, 10);
    expect(accuracy.heard).toBe(1);
    expect(auditsOf({ items, accuracy, recordingId: null })).toHaveLength(5);
  });

  it('is refused of what was not drawn', async () => {
    const opened = await openAnalysed(6);
    const { items } = await plan(opened, 10);
    const chosen = items.find(({ audit }) => !audit);
    await expect(answer(opened, chosen?.segmentId ?? 0, 'sad')).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
