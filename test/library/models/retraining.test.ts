import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCorrected, openOffered } from '../support/models.ts';
import { hasOffer, untilModels } from '../support/until-models.ts';
import { modelId, startStandInEngine } from '../support/stand-in-engine.ts';
import { openReadyLibrary, openTestLibrary, type TestLibrary } from '../support/test-library.ts';

const modelSegments = async ({ page }: Pick<TestLibrary, 'page'>, recordingId: number) =>
  (await page.call('segments.list', { recordingId }))
    .filter(({ tier }) => tier === 'model')
    .map((segment) => ({ ...segment, id: 0 }));

const foldersOf = (folder: string): readonly string[] =>
  readdirSync(join(folder, 'project/models'));

describe('retraining', () => {
  it('takes for the speaker of a correction whoever has the turn there', async () => {
    const { page, ids } = await openCorrected();
    const [first = 0] = ids;
    await page.call('recordings.describe', { ids: [first], change: { speaker: 'Ada' } });
    const { id: tier } = await page.call('tiers.add', { kind: 'speakers', name: 'Who speaks' });
    for (const [start, end, label] of [
      [0, 300, 'Ben'],
      [300, 900, 'Cleo'],
    ] as const) {
      const act = { kind: 'create', tier, start, end, label } as const;
      await page.call('segments.act', { recordingId: first, act });
    }

    const { speakers, corrections } = await page.call('models.material', { withheldToo: false });

    expect(corrections).toBe(1);
    expect(speakers.map(({ speaker }) => speaker)).toEqual(['Cleo']);
  });

  it('says what there is to learn from', async () => {
    const { page, ids } = await openCorrected();
    const [, second = 0] = ids;
    await page.call('recordings.describe', { ids: [second], change: { speaker: 'Ada' } });
    const create = { kind: 'create', tier: 'annotator-1', start: 0, end: 500 } as const;
    await page.call('segments.act', { recordingId: second, act: { ...create, label: 'bored' } });

    const material = await page.call('models.material', { withheldToo: false });

    expect(material).toMatchObject({
      corrections: 2,
      recordings: 2,
      labels: [
        { label: 'happy', count: 1, known: true },
        { label: 'bored', count: 1, known: false },
      ],
      speakers: [
        { speaker: '', count: 1 },
        { speaker: 'Ada', count: 1 },
      ],
    });
  });

  it('offers a version that changes nothing until it is kept', async () => {
    const library = await openCorrected();
    const before = await modelSegments(library, library.first);
    await library.page.call('models.retrain', { labels: null, withheldToo: false });

    const { active, versions } = await untilModels(library, hasOffer);

    expect(active).toBeNull();
    expect(versions).toMatchObject([
      {
        number: 2,
        parent: modelId,
        origin: 'retrained',
        kept: false,
        settings: { seed: 1, corrections: { happy: 1 } },
        scores: {
          changes: {
            recordings: 2,
            of: 2,
            segments: 4,
            changed: 2,
            changes: [
              { before: 'neutral', after: 'happy', person: 'happy' },
              { before: 'neutral', after: 'happy', person: null },
            ],
            verdicts: { confirmed: 0, stillRight: 0, corrected: 1, nowRight: 1 },
          },
        },
      },
    ]);
    expect(foldersOf(library.folder)).toEqual([versions[0]?.id]);
    expect(await modelSegments(library, library.first)).toEqual(before);
  });

  it('tells of stages, epochs and losses while it runs, and leaves recordings alone', async () => {
    const library = await openCorrected();
    library.engine.hold('training.run');
    await library.page.call('models.retrain', { labels: null, withheldToo: false });
    const { retraining } = await untilModels(
      library,
      (state) => state.retraining.kind === 'running' && state.retraining.epoch === 1,
    );
    expect(retraining).toMatchObject({ stage: 'learning', epoch: 1, epochs: 2, losses: [1] });

    const calls = library.engine.calls.length;
    await library.page.call('recordings.retry', { ids: [library.first] });
    await expect(
      library.page.call('models.retrain', { labels: null, withheldToo: false }),
    ).rejects.toMatchObject({
      code: 'edit-refused',
    });
    expect(library.engine.calls.length).toBe(calls);

    library.engine.release();
    await untilModels(library, hasOffer);
    await library.untilKind(library.first, 'ready');
  });

  it('is stopped at once, and leaves nothing', async () => {
    const library = await openCorrected();
    library.engine.hold('training.run');
    await library.page.call('models.retrain', { labels: null, withheldToo: false });
    await untilModels(library, ({ retraining }) => retraining.kind === 'running');

    await library.page.call('models.cancel', {});

    const { retraining, versions } = await library.page.call('models.state', {});
    expect(retraining).toEqual({ kind: 'idle' });
    expect(versions).toEqual([]);
    library.engine.release();
    await library.library.close();
    expect(foldersOf(library.folder)).toEqual([]);
    expect(library.bugs).toEqual([]);
  });

  it('says why it failed, until that has been read', async () => {
    const { page, ...library } = await openReadyLibrary();
    await page.call('models.retrain', { labels: null, withheldToo: false });

    const failed = await untilModels({ page }, ({ retraining }) => retraining.kind === 'failed');
    expect(failed.retraining).toMatchObject({ error: { code: 'corrections-too-few' } });
    await page.call('models.cancel', {});

    expect((await page.call('models.state', {})).retraining).toEqual({ kind: 'idle' });
    expect(library.bugs).toEqual([]);
  });

  it('is done again by the next engine where one dies', async () => {
    const library = await openCorrected();
    library.engine.hold('training.run');
    await library.page.call('models.retrain', { labels: null, withheldToo: false });
    await untilModels(
      library,
      ({ retraining }) => retraining.kind === 'running' && retraining.epoch === 1,
    );

    library.engine.die();
    library.setEngine(startStandInEngine());

    const { versions } = await untilModels(library, hasOffer);
    expect(foldersOf(library.folder)).toEqual([versions[0]?.id]);
  });
});

describe('a version', () => {
  it('analyses everything again once it is kept, and its name is on every segment', async () => {
    const library = await openOffered();
    const { page, version, ids, untilKind } = library;
    await page.call('models.keep', { id: version.id });
    for (const id of ids) await untilKind(id, 'ready');

    expect((await page.call('models.state', {})).active).toBe(version.id);
    for (const id of ids) {
      const segments = await modelSegments(library, id);
      expect(segments.map(({ label }) => label)).toEqual(['happy', 'no speech', 'angry']);
      expect(new Set(segments.map(({ model }) => model))).toEqual(new Set([version.id]));
    }
  });

  it('is left by undo and taken again by redo, and the model row is as it was', async () => {
    const library = await openOffered();
    const { page, version, ids, untilKind, first } = library;
    const before = await modelSegments(library, first);
    await page.call('models.keep', { id: version.id });
    for (const id of ids) await untilKind(id, 'ready');
    const after = await modelSegments(library, first);

    expect(await page.call('history.undo', {})).toMatchObject({
      words: 'Kept version 2 of the model',
    });
    await untilModels(library, ({ active }) => active === null);
    for (const id of ids) await untilKind(id, 'ready');
    expect(await modelSegments(library, first)).toEqual(before);

    await page.call('history.redo', {});
    await untilModels(library, ({ active }) => active === version.id);
    for (const id of ids) await untilKind(id, 'ready');
    expect(await modelSegments(library, first)).toEqual(after);
  });

  it('can be left for the original and taken up again at any time', async () => {
    const library = await openOffered();
    const { page, version, ids, untilKind, first } = library;
    const before = await modelSegments(library, first);
    await page.call('models.keep', { id: version.id });
    for (const id of ids) await untilKind(id, 'ready');

    await page.call('models.activate', { id: null });
    for (const id of ids) await untilKind(id, 'ready');
    expect(await modelSegments(library, first)).toEqual(before);

    await page.call('models.activate', { id: version.id });
    expect((await page.call('models.state', {})).active).toBe(version.id);
    await expect(page.call('models.activate', { id: 'nobody' })).rejects.toMatchObject({
      code: 'not-found',
    });
    for (const id of ids) await untilKind(id, 'ready');
  });

  it('goes when it is discarded, and another can then be trained', async () => {
    const library = await openOffered();
    const { page, version, folder } = library;
    await expect(
      page.call('models.retrain', { labels: null, withheldToo: false }),
    ).rejects.toMatchObject({
      code: 'edit-refused',
    });

    await page.call('models.discard', { id: version.id });

    expect((await page.call('models.state', {})).versions).toEqual([]);
    expect(foldersOf(folder)).toEqual([]);
    await page.call('models.retrain', { labels: null, withheldToo: false });
    const { versions } = await untilModels(library, hasOffer);
    expect(versions[0]?.id).not.toBe(version.id);
  });

  it('is refused where its files are no longer as they were', async () => {
    const { page, version, folder } = await openOffered();
    writeFileSync(join(folder, 'project/models', version.id, 'model.json'), 'angry');

    await expect(page.call('models.keep', { id: version.id })).rejects.toMatchObject({
      code: 'model-invalid',
    });

    expect((await page.call('models.state', {})).active).toBeNull();
  });

  it('can be compared with the one in use, which changes nothing', async () => {
    const library = await openOffered();
    const { page, version, ids, untilKind, first } = library;
    await page.call('models.keep', { id: version.id });
    for (const id of ids) await untilKind(id, 'ready');
    const before = await modelSegments(library, first);

    expect(await page.call('models.compare', { id: null })).toMatchObject({
      segments: 4,
      changed: 2,
      verdicts: { confirmed: 1, stillRight: 0, corrected: 0 },
    });
    expect(await page.call('models.compare', { id: version.id })).toMatchObject({ changed: 0 });
    expect(await modelSegments(library, first)).toEqual(before);
  });

  it('says how many recordings that it learnt from were deleted for good, in every version after it', async () => {
    const library = await openOffered();
    const { page, first, version } = library;
    await page.call('models.keep', { id: version.id });
    await page.call('models.retrain', { labels: null, withheldToo: false });
    const [second] = (await untilModels(library, hasOffer)).versions;
    await page.call('models.keep', { id: second?.id ?? '' });
    const lost = async (): Promise<readonly number[]> =>
      (await page.call('models.state', {})).versions.map(({ lostRecordings }) => lostRecordings);

    await page.call('recordings.remove', { ids: [first] });
    expect(await lost()).toEqual([0, 0]);
    await page.call('recordings.deleteForGood', { ids: [first] });

    expect(await lost()).toEqual([1, 1]);
  });

  it('keeps its note', async () => {
    const { page, version } = await openOffered();
    await page.call('models.describe', { id: version.id, note: 'after the first interview' });
    expect((await page.call('models.state', {})).versions[0]?.note).toBe(
      'after the first interview',
    );
  });
});

describe('the next start', () => {
  it('offers a version again that nobody has decided on', async () => {
    const { library, folder, version } = await openOffered();
    await library.close();

    const again = await openTestLibrary(join(folder, 'project'));
    again.setEngine(startStandInEngine());

    const { versions } = await again.page.call('models.state', {});
    expect(versions).toMatchObject([{ id: version.id, kept: false }]);
  });

  it('knows nothing of what was left half-way', async () => {
    const { library, folder, version } = await openOffered();
    await library.close();
    // Killed between the row and the folder's place, and while another one was written.
    const project = join(folder, 'project');
    renameSync(join(project, 'models', version.id), join(project, 'cache/engine', version.id));
    mkdirSync(join(project, 'cache/engine/another.1234.part'));

    const again = await openTestLibrary(project);
    again.setEngine(startStandInEngine());

    expect((await again.page.call('models.state', {})).versions).toEqual([]);
    expect(existsSync(join(project, 'cache/engine', version.id))).toBe(false);
    expect(existsSync(join(project, 'cache/engine/another.1234.part'))).toBe(false);
  });

  it('goes on analysing for the version that was kept', async () => {
    const { library, page, folder, version, ids, engine } = await openOffered();
    engine.hold('analysis.run');
    await page.call('models.keep', { id: version.id });
    await library.close();

    const again = await openTestLibrary(join(folder, 'project'));
    again.setEngine(startStandInEngine());
    for (const id of ids) await again.untilKind(id, 'ready');

    const [first = 0] = ids;
    const segments = await modelSegments(again, first);
    expect(new Set(segments.map(({ model }) => model))).toEqual(new Set([version.id]));
  });
});
