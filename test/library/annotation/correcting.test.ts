import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HistoryState, SegmentChanges } from '#shared/contract/annotation.ts';
import type { AnnotationAct } from '#shared/domain/annotation-act.ts';
import type { Segment } from '#shared/domain/segment.ts';
import { labels as modelLabels, modelId } from '../support/stand-in-engine.ts';
import { makeFiles, openReadyLibrary, openTestLibrary } from '../support/test-library.ts';

type Opened = Awaited<ReturnType<typeof openReadyLibrary>> & { readonly recordingId: number };

const mine = 'annotator-1';

/** A recording of 3 s: the model says neutral, no speech and angry, a second each. */
async function openAnalysed(): Promise<Opened> {
  const library = await openReadyLibrary();
  const [recordingId = 0] = await library.importPaths(
    ...makeFiles(library.folder, { 'a.wav': 'a' }),
  );
  await library.untilKind(recordingId, 'ready');
  return { ...library, recordingId };
}

function act(
  { page, recordingId }: Opened,
  what: AnnotationAct,
): Promise<SegmentChanges & { readonly selection: readonly number[] }> {
  return page.call('segments.act', { recordingId, act: what });
}

async function own({ page, recordingId }: Opened): Promise<readonly Segment[]> {
  const segments = await page.call('segments.list', { recordingId });
  return segments.filter(({ tier }) => tier !== 'model');
}

const acceptAll: AnnotationAct = { kind: 'accept', ids: null, to: mine };

describe('correcting', () => {
  it('answers with what changed and what to select, and tells every page', async () => {
    const opened = await openAnalysed();
    const { page } = opened;
    const told: SegmentChanges[] = [];
    const history: HistoryState[] = [];
    page.on('segments.changed', (changes) => told.push(changes));
    page.on('history.changed', (state) => history.push(state));

    const accepted = await act(opened, acceptAll);
    expect(accepted.changed).toMatchObject([
      { tier: mine, label: 'neutral', source: 'person', annotator: 'Annotator 1', model: modelId },
      { tier: mine, label: 'angry', start: 2000, end: 3000, confidence: 1 },
    ]);
    expect(accepted.selection).toEqual(accepted.changed.map(({ id }) => id));
    expect(accepted.removed).toEqual([]);
    const { selection, ...changes } = accepted;
    expect(selection).toHaveLength(2);
    expect(told).toEqual([changes]);
    expect(history).toEqual([await page.call('history.state', {})]);
    expect(history[0]?.undo).toMatchObject({
      words: 'Accepted 2 segments of the model',
      recordingId: opened.recordingId,
      recording: 'a.wav',
      undone: false,
    });
    expect(await own(opened)).toEqual(accepted.changed);
  });

  it('goes through every kind of act, and back through each of them', async () => {
    const opened = await openAnalysed();
    const { page, recordingId } = opened;
    const to = mine;
    const first = async (): Promise<number> => (await own(opened))[0]?.id ?? 0;
    const model = await page.call('segments.list', { recordingId });
    const steps: (() => Promise<AnnotationAct>)[] = [
      () => Promise.resolve(acceptAll),
      async () => ({ kind: 'relabel', ids: [await first()], label: 'happy', to }),
      async () => ({ kind: 'resize', id: await first(), start: 100, end: 900, to }),
      async () => ({ kind: 'move', ids: [await first()], by: 50, to }),
      async () => ({ kind: 'split', id: await first(), at: 500, to }),
      async () => ({ kind: 'note', id: await first(), note: 'a sigh', to }),
      async () => ({ kind: 'merge', ids: (await own(opened)).slice(0, 2).map(({ id }) => id), to }),
      () => Promise.resolve({ kind: 'create', tier: to, start: 1200, end: 1800, label: 'calm' }),
      async () => ({ kind: 'delete', ids: [await first()] }),
    ];
    const states = [await own(opened)];
    for (const step of steps) {
      await act(opened, await step());
      states.push(await own(opened));
    }
    const list = await page.call('history.list', { before: null, limit: 100 });
    expect(list.map(({ words }) => words)).toEqual([
      'Deleted a segment',
      'Added a segment as calm',
      'Merged 2 segments',
      'Wrote a note on a segment',
      'Split a segment',
      'Moved a segment',
      'Changed the edges of a segment',
      'Labelled a segment as happy',
      'Accepted 2 segments of the model',
    ]);
    for (const state of states.slice(0, -1).reverse()) {
      expect(await page.call('history.undo', {})).toMatchObject({ undone: true });
      expect(await own(opened)).toEqual(state);
    }
    expect(await page.call('history.undo', {})).toBeNull();
    for (const state of states.slice(1)) {
      expect(await page.call('history.redo', {})).toMatchObject({ undone: false });
      expect(await own(opened)).toEqual(state);
    }
    await page.call('history.goTo', { id: 0 });
    expect(await page.call('segments.list', { recordingId })).toEqual(model);
  });

  it('tells what undo and redo change', async () => {
    const opened = await openAnalysed();
    const { page, recordingId } = opened;
    const { changed } = await act(opened, acceptAll);
    const told: SegmentChanges[] = [];
    page.on('segments.changed', (changes) => told.push(changes));
    await page.call('history.undo', {});
    await page.call('history.redo', {});
    expect(told).toEqual([
      { recordingId, changed: [], removed: changed.map(({ id }) => id).reverse() },
      { recordingId, changed, removed: [] },
    ]);
  });

  it('outlasts closing, and so does the way back', async () => {
    const opened = await openAnalysed();
    await act(opened, acceptAll);
    const [segment] = await own(opened);
    await act(opened, { kind: 'relabel', ids: [segment?.id ?? 0], label: 'happy', to: mine });
    const before = await own(opened);
    await opened.library.close();

    const again = await openTestLibrary(join(opened.folder, 'project'));
    const reopened = { ...opened, ...again };
    expect(await own(reopened)).toEqual(before);
    expect(await again.page.call('history.undo', {})).toMatchObject({
      words: 'Labelled a segment as happy',
    });
    expect((await own(reopened))[0]?.label).toBe('neutral');
  });

  it('is never touched by an analysis, and never takes part in undoing one', async () => {
    const opened = await openAnalysed();
    const { page, recordingId, untilKind, engine } = opened;
    await act(opened, acceptAll);
    const before = await own(opened);
    engine.hold('analysis.run');
    await page.call('recordings.retry', { ids: [recordingId] });
    await untilKind(recordingId, 'working');
    engine.release();
    await untilKind(recordingId, 'ready');
    expect(await own(opened)).toEqual(before);
    const modelIds = async (): Promise<readonly number[]> =>
      (await page.call('segments.list', { recordingId }))
        .filter(({ tier }) => tier === 'model')
        .map(({ id }) => id);
    const ids = await modelIds();
    expect(ids).toHaveLength(3);
    await page.call('history.undo', {});
    expect(await own(opened)).toEqual([]);
    expect(await modelIds()).toEqual(ids);
  });

  it('that cannot be done says why, and leaves no trace', async () => {
    const opened = await openAnalysed();
    const { page, recordingId } = opened;
    const [segment] = await page.call('segments.list', { recordingId });
    await expect(act(opened, { kind: 'delete', ids: [segment?.id ?? 0] })).rejects.toMatchObject({
      code: 'edit-refused',
      message: expect.stringContaining('stays as it is') as string,
    });
    await expect(act(opened, { kind: 'delete', ids: [999] })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(
      page.call('segments.act', { recordingId: 99, act: acceptAll }),
    ).rejects.toMatchObject({ code: 'not-found' });
    expect(await page.call('history.state', {})).toEqual({ undo: null, redo: null });
  });

  it('of a recording that has not been read is refused', async () => {
    const library = await openReadyLibrary();
    library.engine.hold('audio.prepare');
    const [recordingId = 0] = await library.importPaths(
      ...makeFiles(library.folder, { 'a.wav': 'a' }),
    );
    await expect(act({ ...library, recordingId }, acceptAll)).rejects.toMatchObject({
      code: 'edit-refused',
    });
  });
});

describe('tiers', () => {
  it('begin with the model’s and one of a person, and are added to by name', async () => {
    const { page } = await openAnalysed();
    const told: unknown[] = [];
    page.on('tiers.changed', (tiers) => told.push(tiers));
    const bea = await page.call('tiers.add', { kind: 'annotator', name: 'Bea' });
    const tiers = await page.call('tiers.list', {});
    expect(tiers).toEqual([
      { id: 'model', kind: 'model', name: 'Model' },
      { id: mine, kind: 'annotator', name: 'Annotator 1' },
      bea,
    ]);
    expect(told).toEqual([tiers]);
    await expect(page.call('tiers.add', { kind: 'speakers', name: 'Bea' })).rejects.toMatchObject({
      code: 'edit-refused',
    });
  });

  it('give segments the name of their annotator, also a new one', async () => {
    const opened = await openAnalysed();
    const { page } = opened;
    await act(opened, acceptAll);
    await page.call('tiers.rename', { id: mine, name: 'Ann' });
    expect((await own(opened)).map(({ annotator }) => annotator)).toEqual(['Ann', 'Ann']);
    await page.call('tiers.rename', { id: mine, name: 'Ann' });
    await expect(page.call('tiers.rename', { id: mine, name: 'Model' })).rejects.toMatchObject({
      code: 'edit-refused',
    });
    await page.call('history.undo', {});
    expect((await own(opened))[0]?.annotator).toBe('Annotator 1');
  });

  it('are removed with their segments everywhere, and come back with them', async () => {
    const opened = await openAnalysed();
    const { page } = opened;
    const { changed } = await act(opened, acceptAll);
    const told: SegmentChanges[] = [];
    page.on('segments.changed', (changes) => told.push(changes));
    await page.call('tiers.remove', { id: mine });
    expect(await own(opened)).toEqual([]);
    expect(told).toMatchObject([{ removed: changed.map(({ id }) => id) }]);
    await page.call('history.undo', {});
    expect(await own(opened)).toEqual(changed);
    expect(await page.call('tiers.list', {})).toHaveLength(2);
  });

  it('of the model can neither be renamed nor removed', async () => {
    const { page } = await openAnalysed();
    for (const refused of [
      page.call('tiers.remove', { id: 'model' }),
      page.call('tiers.rename', { id: 'model', name: 'Mine' }),
    ]) {
      await expect(refused).rejects.toMatchObject({ code: 'edit-refused' });
    }
    await expect(page.call('tiers.remove', { id: 'nobody' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('labels', () => {
  it('are the model’s with a key each, then what people can say besides', async () => {
    const { page } = await openAnalysed();
    expect(await page.call('labels.list', {})).toEqual(
      [...modelLabels, 'no speech', 'unsure'].map((name, index) => ({
        name,
        colour: null,
        key: index + 1,
      })),
    );
  });

  it('are changed and added to, undoably; those of the model stay on offer', async () => {
    const { page } = await openAnalysed();
    const before = await page.call('labels.list', {});
    const told: unknown[] = [];
    page.on('labels.changed', (labels) => told.push(labels));
    const put = [
      { name: 'amused', colour: '#aa8800', key: 1 },
      { name: 'angry', colour: null, key: 2 },
    ];
    await page.call('labels.put', { labels: put });
    const after = await page.call('labels.list', {});
    expect(after).toEqual([
      ...put,
      ...['neutral', 'happy', 'no speech', 'unsure'].map((name) => ({
        name,
        colour: null,
        key: null,
      })),
    ]);
    await page.call('history.undo', {});
    expect(await page.call('labels.list', {})).toEqual(before);
    expect(told).toEqual([after, before]);
  });

  it('must differ by name and by key', async () => {
    const { page } = await openAnalysed();
    const label = (
      name: string,
      key: number | null,
    ): { name: string; colour: null; key: typeof key } => ({
      name,
      colour: null,
      key,
    });
    for (const labels of [
      [label('a', 1), label('b', 1)],
      [label('a', null), label('a', null)],
    ]) {
      await expect(page.call('labels.put', { labels })).rejects.toMatchObject({
        code: 'edit-refused',
      });
    }
    await page.call('labels.put', { labels: [label('a', null), label('b', null)] });
  });
});
