import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Examination, ImportReport } from '#shared/contract/exchange.ts';
import type { ImportMapping } from '#shared/domain/import-mapping.ts';
import { makeFiles, openReadyLibrary } from '../support/test-library.ts';
import { sampleRate } from '../support/stand-in-engine.ts';

type Ready = Awaited<ReturnType<typeof openReadyLibrary>>;

/** A project with recordings of three seconds, read and analysed. */
async function withRecordings(...names: readonly string[]) {
  const library = await openReadyLibrary();
  const paths = makeFiles(
    join(library.folder, 'sounds'),
    Object.fromEntries(names.map((name) => [name, name])),
  );
  const ids = await library.importPaths(...paths);
  await Promise.all(ids.map((id) => library.untilKind(id, 'ready')));
  return { ...library, ids };
}

function writeIn({ folder }: Ready, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function examine(
  library: Ready,
  paths: readonly string[],
  preferred: number | null = null,
): Promise<Examination> {
  const grants = await library.grant(...paths);
  return library.page.call('annotations.examine', { grants, preferred });
}

const proposed = ({ recordings, tiers, labels }: Examination): ImportMapping => ({
  recordings: recordings.map(({ to }) => to),
  tiers: tiers.map(({ to }) => to),
  labels: labels.map(({ to }) => to),
});

const store = ({ page }: Ready, examined: Examination, mapping = proposed(examined)) =>
  page.call('annotations.import', { id: examined.id, mapping });

/** `tier start-end label` of what people labelled, in seconds. */
async function told({ page }: Ready, recordingId: number): Promise<readonly string[]> {
  const tiers = await page.call('tiers.list', {});
  const segments = await page.call('segments.list', { recordingId });
  return segments
    .filter(({ tier }) => tier !== 'model')
    .map(({ tier, start, end, label }) => {
      const name = tiers.find(({ id }) => id === tier)?.name ?? '';
      return `${name} ${start / sampleRate}-${end / sampleRate} ${label}`;
    });
}

const adds = ({ rows, accepted, clamped, rejected }: ImportReport): boolean =>
  accepted + clamped + rejected === rows;

describe('importing annotations', () => {
  it('takes a TextGrid of Praat as one act, which can be undone and redone', async () => {
    const library = await withRecordings('talk.wav');
    const [id = 0] = library.ids;
    const path = join(library.folder, 'talk.TextGrid');
    copyFileSync('test/fixtures/formats/praat-long-utf8.TextGrid', path);
    const examined = await examine(library, [path]);
    expect(examined.recordings).toEqual([
      { name: 'talk', file: 'talk.TextGrid', rows: 6, candidates: [], to: id },
    ]);
    expect(examined.tiers.map(({ name, rows }) => `${name} ${rows}`)).toEqual([
      'emotion 3',
      'Mia 1',
      'beats 2',
    ]);
    const before = await library.page.call('history.state', {});
    const preview = await library.page.call('annotations.preview', {
      id: examined.id,
      mapping: proposed(examined),
    });
    expect(await library.page.call('history.state', {})).toEqual(before);
    const report = await store(library, examined);
    expect(report).toEqual(preview);
    expect(report).toMatchObject({ rows: 6, accepted: 4, clamped: 1, rejected: 1 });
    expect(report.newTiers).toEqual(['emotion', 'Mia', 'beats']);
    expect(report.problems).toEqual([
      { reason: 'its label is left out', rows: 1, places: ['“” at 2 s of beats'] },
    ]);

    const after = await told(library, id);
    expect(after).toEqual([
      'emotion 0-0.5 neutral',
      'emotion 0.5-1.25 sounds "angry"',
      'emotion 1.25-2.5 überrascht 怒り 😀',
      'Mia 0.123-2.5 calm second line',
      'beats 1.5-1.51 laugh',
    ]);
    const { undo } = await library.page.call('history.state', {});
    expect(undo).toMatchObject({
      words: 'Imported 5 segments from talk.TextGrid',
      recording: 'talk.wav',
    });
    const labels = await library.page.call('labels.list', {});
    expect(labels.map(({ name }) => name)).toContain('laugh');
    expect(labels.find(({ name }) => name === 'neutral')?.key).toBe(1);

    await library.page.call('history.undo', {});
    expect(await told(library, id)).toEqual([]);
    expect(await library.page.call('tiers.list', {})).toHaveLength(2);
    expect((await library.page.call('labels.list', {})).map(({ name }) => name)).not.toContain(
      'laugh',
    );
    await library.page.call('history.redo', {});
    expect(await told(library, id)).toEqual(after);
    expect(library.bugs).toEqual([]);
  });

  it('remembers where tiers and labels went, and proposes it the next time', async () => {
    const library = await withRecordings('a.wav', 'b.wav');
    const rows = 'recording,start,end,label,annotator\na.wav,0,1,wut,Mia\na.wav,1,2,anger,Mia\n';
    const first = await examine(library, [writeIn(library, 'a.csv', rows)]);
    expect(first.labels.map(({ to }) => to)).toEqual(['wut', 'angry']);
    expect(first.tiers[0]?.to).toEqual({ kind: 'new', of: 'annotator', name: 'Mia' });
    await store(library, first, {
      ...proposed(first),
      tiers: [{ kind: 'tier', id: 'annotator-1' }],
      labels: ['angry', null],
    });
    const again = await examine(library, [
      writeIn(library, 'b.csv', rows.replaceAll('a.wav', 'b.wav')),
    ]);
    expect(again.tiers[0]?.to).toEqual({ kind: 'tier', id: 'annotator-1' });
    expect(again.labels.map(({ to }) => to)).toEqual(['angry', null]);
    const report = await store(library, again);
    expect(report).toMatchObject({ rows: 2, accepted: 1, rejected: 1 });
    expect(await told(library, library.ids[1] ?? 0)).toEqual(['Annotator 1 0-1 angry']);
  });

  it('keeps what is there, and fills the gaps', async () => {
    const library = await withRecordings('a.wav');
    const [id = 0] = library.ids;
    await library.page.call('segments.act', {
      recordingId: id,
      act: { kind: 'create', tier: 'annotator-1', start: 500, end: 1000, label: 'happy' },
    });
    const path = writeIn(
      library,
      'a.txt',
      '0\t2\tangry\n0.6\t0.9\tangry\n2.5\t9\tneutral\n7\t8\tneutral\n',
    );
    const examined = await examine(library, [path]);
    const tiers = [{ kind: 'tier', id: 'annotator-1' }] as const;
    const report = await store(library, examined, { ...proposed(examined), tiers });
    expect(report).toMatchObject({ rows: 4, accepted: 0, clamped: 2, rejected: 2 });
    expect(report.changes.map(({ reason }) => reason)).toEqual([
      'it was cut where another segment of the tier is',
      'it was cut at the end of the recording',
    ]);
    expect(await told(library, id)).toEqual([
      'Annotator 1 0-0.5 angry',
      'Annotator 1 0.5-1 happy',
      'Annotator 1 1-2 angry',
      'Annotator 1 2.5-3 neutral',
    ]);
    const same = await examine(library, [path]);
    const second = await store(library, same, { ...proposed(same), tiers });
    expect(second).toMatchObject({ rows: 4, accepted: 0, clamped: 0, rejected: 4 });
  });

  it('asks where a name does not tell, and takes the open recording where nothing else could be meant', async () => {
    const library = await openReadyLibrary();
    const paths = ['one', 'two'].flatMap((name) =>
      makeFiles(join(library.folder, name), { 'talk.wav': name }),
    );
    const ids = await library.importPaths(...paths);
    await Promise.all(ids.map((id) => library.untilKind(id, 'ready')));
    const lines = '0\t1\tangry\n';
    const ambiguous = await examine(library, [writeIn(library, 'talk.txt', lines)], ids[0]);
    expect(ambiguous.recordings[0]).toMatchObject({ candidates: ids, to: null });
    const report = await store(library, ambiguous);
    expect(report).toMatchObject({ rows: 1, rejected: 1 });
    expect(report.problems[0]?.reason).toBe('its recording is left out');
    const named = await examine(library, [
      writeIn(library, 'x.csv', 'recording,start,end,label\ntwo/talk.wav,0,1,angry\n'),
    ]);
    expect(named.recordings[0]?.to).toBe(ids[1]);
    const other = await examine(library, [writeIn(library, 'labels.txt', lines)], ids[0]);
    expect(other.recordings[0]).toMatchObject({ candidates: [], to: ids[0] });
  });

  it('waits for a recording that comes with its annotations', async () => {
    const library = await openReadyLibrary();
    library.engine.hold('audio.prepare');
    const [sound = ''] = makeFiles(library.folder, { 'talk.wav': 'talk' });
    const notes = writeIn(library, 'talk.txt', '0\t1\tangry\n');
    const grants = await library.grant(sound, notes);
    const { added, annotations, failures } = await library.page.call('recordings.import', {
      grants,
    });
    expect([added.length, annotations, failures]).toEqual([1, [grants[1]], []]);
    const examined = await library.page.call('annotations.examine', {
      grants: annotations,
      preferred: null,
    });
    expect(examined.recordings[0]?.to).toBe(added[0]);
    const storing = store(library, examined);
    library.engine.release();
    expect(await storing).toMatchObject({ rows: 1, accepted: 1 });
    await library.untilKind(added[0] ?? 0, 'ready');
  });
});

describe('files of annotations', () => {
  it('finds annotations beside recordings in a folder', async () => {
    const library = await openReadyLibrary();
    const folder = join(library.folder, 'corpus');
    // The stand-in takes whatever lies in a folder for a recording.
    makeFiles(folder, { 'a.wav': 'a', 'a.TextGrid': 'grid', 'readme.txt': 'text' });
    const { added, annotations, beside } = await library.page.call('recordings.import', {
      grants: await library.grant(folder),
    });
    await Promise.all(added.map((id) => library.untilKind(id, 'ready')));
    expect([annotations.length, beside.length]).toEqual([0, 1]);
  });

  it('tells of files that cannot be read, and takes the good rows of the others', async () => {
    const library = await withRecordings('a.wav');
    const examined = await examine(library, [
      writeIn(library, 'evil.eaf', '<!DOCTYPE a><ANNOTATION_DOCUMENT/>'),
      writeIn(library, 'a.txt', '0\t1\tangry\nNaN\t2\tangry\n5\t1\tangry\n1\t2\thappy\n'),
      join(library.folder, 'nowhere.eaf'),
    ]);
    expect(examined.failures.map(({ name }) => name)).toEqual(['evil.eaf', 'nowhere.eaf']);
    expect(examined.failures[0]?.message).toContain('document type');
    expect(examined.files).toMatchObject([{ name: 'a.txt', format: 'Audacity labels', rows: 4 }]);
    const report = await store(library, examined);
    expect(report).toMatchObject({ rows: 4, accepted: 2, clamped: 0, rejected: 2 });
    expect(report.problems).toEqual([
      { reason: 'the start and the end must be numbers of seconds', rows: 1, places: ['line 2'] },
      { reason: 'it ends before it starts', rows: 1, places: ['line 3'] },
    ]);
    expect(adds(report)).toBe(true);
  });

  it('is cancelled at once, and answers others meanwhile', async () => {
    const library = await withRecordings('a.wav');
    const rows = Array.from({ length: 200_000 }, (_, n) => `a.wav,${n},${n + 1},angry,Mia\n`);
    const path = writeIn(
      library,
      'long.csv',
      `recording,start,end,label,annotator\n${rows.join('')}`,
    );
    const controller = new AbortController();
    const examining = library.page.call(
      'annotations.examine',
      { grants: await library.grant(path), preferred: null },
      {
        signal: controller.signal,
        onProgress: () => {
          controller.abort();
        },
      },
    );
    await expect(examining).rejects.toMatchObject({ code: 'cancelled' });
    expect(await library.page.call('recordings.list', {})).toHaveLength(1);
    expect(library.bugs).toEqual([]);
  });
});
