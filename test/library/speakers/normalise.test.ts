import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectDatabase } from '#library/database/connection.ts';
import { csvRequest } from '../support/csv-request.ts';
import { sampleRate, startStandInEngine } from '../support/stand-in-engine.ts';
import {
  makeFiles,
  openReadyLibrary,
  openTestLibrary,
  type TestLibrary,
} from '../support/test-library.ts';

type ReadyLibrary = Awaited<ReturnType<typeof openReadyLibrary>>;
interface NamedLibrary extends ReadyLibrary {
  readonly ids: readonly number[];
  readonly first: number;
}

/** A library with two recordings of Anna and one of somebody else. */
async function openNamed(): Promise<NamedLibrary> {
  const library = await openReadyLibrary();
  const files = makeFiles(library.folder, { 'a.wav': 'a', 'b.wav': 'b', 'c.wav': 'c' });
  const all = await library.importPaths(...files);
  for (const id of all) await library.untilKind(id, 'ready');
  const ids = all.slice(0, 2);
  await library.page.call('recordings.describe', { ids, change: { speaker: 'Anna' } });
  return { ...library, ids, first: ids[0] ?? 0 };
}

const anna = { speaker: 'Anna' } as const;

async function normalise({ page }: Pick<TestLibrary, 'page'>): Promise<void> {
  const { profile } = await page.call('speakers.compare', anna);
  await page.call('speakers.normalise', { profile });
}

/** What the model calls the first segment of each recording. */
async function firstLabels({ page }: Pick<TestLibrary, 'page'>): Promise<readonly string[]> {
  const recordings = await page.call('recordings.list', {});
  return Promise.all(
    recordings.map(async ({ id: recordingId }) => {
      const segments = await page.call('segments.list', { recordingId });
      return segments.find(({ tier }) => tier === 'model')?.label ?? '';
    }),
  );
}

async function expectLabels(
  library: Pick<TestLibrary, 'page'>,
  ...labels: readonly string[]
): Promise<void> {
  await expect.poll(() => firstLabels(library), { timeout: 10_000 }).toEqual(labels);
}

describe('a speaker with several recordings', () => {
  it('can be normalised by', async () => {
    const { page, ids, first } = await openNamed();
    const speechSeconds = (2 * 2000) / sampleRate;
    expect(await page.call('speakers.describe', anna)).toEqual({
      recordings: 2,
      speechSeconds,
      profile: null,
    });
    await page.call('recordings.describe', { ids: [first], change: { speaker: 'Ben' } });
    expect(await page.call('speakers.describe', anna)).toMatchObject({ recordings: 1 });
    await expect(page.call('speakers.compare', anna)).rejects.toMatchObject({
      code: 'edit-refused',
    });
    expect(ids).toHaveLength(2);
  });

  it('is compared before and after, which changes nothing', async () => {
    const library = await openNamed();
    const { page, ids, first, engine } = library;
    const create = { kind: 'create', tier: 'annotator-1', start: 0, end: 1000 } as const;
    await page.call('segments.act', { recordingId: first, act: { ...create, label: 'happy' } });
    const progress: number[] = [];

    const comparison = await page.call('speakers.compare', anna, {
      onProgress: ({ fraction }) => progress.push(fraction),
    });

    expect(comparison).toMatchObject({
      recordings: 2,
      speechSeconds: 4,
      changedSeconds: 2,
      changes: {
        segments: 4,
        changed: 2,
        verdicts: { confirmed: 0, stillRight: 0, corrected: 1, nowRight: 1 },
      },
      gain: { clips: 1, before: { accuracy: 0 }, after: { accuracy: 1 }, gainInterval: [1, 1] },
    });
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(engine.calls).toContain('analysis.profile a.wav b.wav');
    expect(await firstLabels(library)).toEqual(['neutral', 'neutral', 'neutral']);
    expect(await page.call('speakers.describe', anna)).toMatchObject({ profile: null });
    expect((await page.call('history.state', {})).undo?.words).not.toContain('Normalised');
    expect(ids).toHaveLength(2);
  });

  it('is left alone where measuring is stopped', async () => {
    const library = await openNamed();
    library.engine.hold('analysis.profile');
    const stop = new AbortController();
    const stopped = library.page.call('speakers.compare', anna, {
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    await expect(library.page.call('speakers.normalise', { profile: 'x' })).rejects.toMatchObject({
      code: 'edit-refused',
    });
    expect(library.bugs).toEqual([]);
  });
});

describe('normalising by speaker', () => {
  it('has all recordings of the speaker heard again, and is undone and redone like every act', async () => {
    const library = await openNamed();
    const { page, first } = library;
    const create = { kind: 'create', tier: 'annotator-1', start: 0, end: 500 } as const;
    await page.call('segments.act', { recordingId: first, act: { ...create, label: 'angry' } });
    const persons = async () =>
      (await page.call('segments.list', { recordingId: first })).filter(
        ({ tier }) => tier !== 'model',
      );
    const labelled = await persons();

    await normalise(library);
    await expectLabels(library, 'happy', 'happy', 'neutral');
    expect(await persons()).toEqual(labelled);
    expect((await page.call('history.state', {})).undo?.words).toBe(
      'Normalised 2 recordings by speaker',
    );
    expect(await page.call('speakers.describe', anna)).toMatchObject({
      profile: { recordings: 2, speechSeconds: 6, current: true },
    });

    await page.call('history.undo', {});
    await expectLabels(library, 'neutral', 'neutral', 'neutral');
    expect(await page.call('speakers.describe', anna)).toMatchObject({ profile: null });
    await page.call('history.redo', {});
    await expectLabels(library, 'happy', 'happy', 'neutral');

    await page.call('speakers.separate', anna);
    await expectLabels(library, 'neutral', 'neutral', 'neutral');
    await page.call('history.undo', {});
    await expectLabels(library, 'happy', 'happy', 'neutral');
    expect(await persons()).toEqual(labelled);
    expect(library.bugs).toEqual([]);
  });

  it('is a part of what is up to date', async () => {
    const library = await openNamed();
    const { page, engine, ids, first } = library;
    await normalise(library);
    await expectLabels(library, 'happy', 'happy', 'neutral');
    const runs = () => engine.calls.filter((call) => call.startsWith('analysis.run')).length;
    const before = runs();
    await page.call('recordings.retry', { ids });
    await library.untilKind(first, 'ready');
    await expect.poll(async () => (await page.call('queue.state', {})).kept).toBe(2);
    expect(runs()).toBe(before);

    const [copy = 0] = await library.importPaths(...makeFiles(library.folder, { 'copy.wav': 'a' }));
    await library.untilKind(copy, 'ready');
    await expectLabels(library, 'happy', 'happy', 'neutral', 'neutral');
    expect(runs()).toBe(before + 1);
  });

  it('is out of date when a recording of the speaker comes, and renewed over all', async () => {
    const library = await openNamed();
    const { page } = library;
    await normalise(library);
    await expectLabels(library, 'happy', 'happy', 'neutral');
    const [later = 0] = await library.importPaths(...makeFiles(library.folder, { 'd.wav': 'd' }));
    await library.untilKind(later, 'ready');
    await page.call('recordings.describe', { ids: [later], change: anna });
    expect(await page.call('speakers.describe', anna)).toMatchObject({
      recordings: 3,
      profile: { recordings: 2, current: false },
    });

    await normalise(library);
    await expectLabels(library, 'happy', 'happy', 'neutral', 'happy');
    expect(await page.call('speakers.describe', anna)).toMatchObject({
      profile: { recordings: 3, current: true },
    });
    await page.call('history.undo', {});
    await expectLabels(library, 'happy', 'happy', 'neutral', 'neutral');
    expect(await page.call('speakers.describe', anna)).toMatchObject({
      profile: { recordings: 2, current: false },
    });
  });

  it('ends for a recording that turns out to be of somebody else', async () => {
    const library = await openNamed();
    const { page, first } = library;
    await normalise(library);
    await expectLabels(library, 'happy', 'happy', 'neutral');
    await page.call('recordings.describe', { ids: [first], change: { speaker: 'Ben' } });
    await expectLabels(library, 'neutral', 'happy', 'neutral');
    expect(await page.call('speakers.describe', anna)).toMatchObject({
      recordings: 1,
      profile: { recordings: 2, current: false },
    });
    await page.call('history.undo', {});
    await expectLabels(library, 'happy', 'happy', 'neutral');
  });

  it('is said beside what is exported, without the name', async () => {
    const library = await openNamed();
    const { page, grant, folder } = library;
    await normalise(library);
    await expectLabels(library, 'happy', 'happy', 'neutral');
    const all = (await page.call('recordings.list', {})).map(({ id }) => id);
    const path = join(folder, 'out.csv');
    const [to = ''] = await grant(path);
    await page.call('export.write', csvRequest(all, to));
    const sidecar = readFileSync(`${path}.json`, 'utf8');
    const { recordings } = JSON.parse(sidecar) as {
      readonly recordings: readonly { readonly normalised?: string }[];
    };
    expect(recordings.map(({ normalised }) => normalised)).toEqual([
      'by speaker',
      'by speaker',
      undefined,
    ]);
    expect(sidecar).not.toContain('Anna');
  });

  it('is finished by the next start where the process ended before', async () => {
    const library = await openNamed();
    const { profile } = await library.page.call('speakers.compare', anna);
    library.engine.hold('analysis.run');
    await library.page.call('speakers.normalise', { profile });
    library.engine.die();
    await library.library.close();

    const next = await openTestLibrary(join(library.folder, 'project'));
    next.setEngine(startStandInEngine());
    await expectLabels(next, 'happy', 'happy', 'neutral');
    expect(next.bugs).toEqual([]);
  });

  it('leaves nothing of a speaker whose recordings are deleted for good', async () => {
    const library = await openNamed();
    const { page, ids } = library;
    await normalise(library);
    await expectLabels(library, 'happy', 'happy', 'neutral');
    await page.call('recordings.remove', { ids });
    await page.call('recordings.deleteForGood', { ids });
    await library.library.close();
    const path = join(library.folder, 'project/project.sqlite');
    const database = connectDatabase(path, { readOnly: true });
    expect(database.value('SELECT count(*) FROM speaker_profile')).toBe(0);
    database.close();
  });
});
