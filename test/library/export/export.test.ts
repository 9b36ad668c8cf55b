import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExportRequest } from '#shared/contract/export.ts';
import { nothingWithheld } from '#shared/domain/terms.ts';
import { readAnnotations } from '#formats/annotation/read.ts';
import { parseEmotionCsv } from '#formats/emotion-csv-reader.ts';
import { distinctNames } from '#library/export/distinct-names.ts';
import { csvRequest } from '../support/csv-request.ts';
import { labels, modelId, sampleRate } from '../support/stand-in-engine.ts';
import { makeFiles, openReadyLibrary } from '../support/test-library.ts';

async function openAnalysed(files: Readonly<Record<string, string>>): Promise<
  Awaited<ReturnType<typeof openReadyLibrary>> & {
    readonly ids: readonly number[];
    readonly paths: readonly string[];
  }
> {
  const library = await openReadyLibrary();
  const paths = makeFiles(library.folder, files);
  const ids = await library.importPaths(...paths);
  for (const id of ids) await library.untilKind(id, 'ready');
  return { ...library, ids, paths };
}

describe('exporting', () => {
  it('writes the segments of the recordings asked for, in that order, and what they come from', async () => {
    const { page, grant, folder, ids } = await openAnalysed({ 'a.wav': 'a', 'b.wav': 'b' });
    const path = join(folder, 'out.csv');
    const [to = ''] = await grant(path);
    const result = await page.call('export.write', csvRequest(ids.toReversed(), to));
    expect(result).toEqual({
      path,
      recordings: 2,
      rows: 6,
      leftOut: 0,
      withheld: nothingWithheld,
      losses: [],
    });

    const { rows, rejected } = parseEmotionCsv(readFileSync(path, 'utf8'));
    expect(rejected).toEqual([]);
    expect(rows.map(({ recording, start, end, label }) => [recording, start, end, label])).toEqual(
      ['b.wav', 'a.wav'].flatMap((name) => [
        [name, 0, 1000 / sampleRate, 'neutral'],
        [name, 1000 / sampleRate, 2000 / sampleRate, 'no speech'],
        [name, 2000 / sampleRate, 3000 / sampleRate, 'angry'],
      ]),
    );
    expect(rows[0]).toMatchObject({ labels, probabilities: [0.5, 0.25, 0.25], model: modelId });
    expect(rows[1]).toMatchObject({ labels: [], probabilities: [], confidence: 0.875 });

    const about = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Record<string, unknown>;
    expect(about).toMatchObject({
      appVersion: '1.2.3',
      rows: 6,
      recordings: [
        {
          name: 'b.wav',
          seconds: 3,
          rows: 3,
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) as string,
        },
        { name: 'a.wav', seconds: 3, uncertainStartSeconds: 0, rows: 3 },
      ],
      models: [{ id: modelId, labels: [...labels], windowSeconds: 2.5, hopSeconds: 0.5 }],
    });
  });

  it('leaves out what has not been analysed, and counts only what it wrote', async () => {
    const { page, grant, folder, ids, engine, importPaths } = await openAnalysed({ 'a.wav': 'a' });
    engine.hold('audio.prepare');
    const waiting = await importPaths(...makeFiles(folder, { 'b.wav': 'b' }));
    const path = join(folder, 'out.csv');
    const [to = ''] = await grant(path);
    const result = await page.call('export.write', csvRequest([...ids, ...waiting, ...ids], to));
    expect(result).toEqual({
      path,
      recordings: 1,
      rows: 3,
      leftOut: 1,
      withheld: nothingWithheld,
      losses: [],
    });
  });

  it('writes what people say beside what the model says, each with whose it is', async () => {
    const { page, grant, folder, ids } = await openAnalysed({ 'a.wav': 'a' });
    const [recordingId = 0] = ids;
    const who = await page.call('tiers.add', { kind: 'speakers', name: 'Who speaks' });
    for (const act of [
      { kind: 'accept', ids: null, to: 'annotator-1' },
      { kind: 'create', tier: 'annotator-1', start: 1100, end: 1200, label: 'amused' },
      { kind: 'create', tier: who.id, start: 0, end: 500, label: 'Alice' },
    ] as const) {
      await page.call('segments.act', { recordingId, act });
    }
    await page.call('tiers.rename', { id: 'annotator-1', name: 'Ann' });
    const path = join(folder, 'out.csv');
    const [to = ''] = await grant(path);
    expect(await page.call('export.write', csvRequest(ids, to))).toMatchObject({ rows: 6 });
    const { rows } = parseEmotionCsv(readFileSync(path, 'utf8'));
    expect(
      rows.map(({ label, source, annotator, model }) => [label, source, annotator, model]),
    ).toEqual([
      ['neutral', 'model', '', modelId],
      ['no speech', 'model', '', modelId],
      ['angry', 'model', '', modelId],
      ['neutral', 'person', 'Ann', modelId],
      ['amused', 'person', 'Ann', ''],
      ['angry', 'person', 'Ann', modelId],
    ]);
  });

  it('refuses to write over a recording', async () => {
    const { page, grant, ids, paths } = await openAnalysed({ 'a.wav': 'a' });
    const [to = ''] = await grant(...paths);
    const before = readFileSync(paths[0] ?? '', 'utf8');
    await expect(page.call('export.write', csvRequest(ids, to))).rejects.toMatchObject({
      code: 'not-writable',
    });
    expect(readFileSync(paths[0] ?? '', 'utf8')).toBe(before);
  });

  it('that cannot be written says so and leaves nothing behind', async () => {
    const { page, grant, ids, folder } = await openAnalysed({ 'a.wav': 'a' });
    mkdirSync(join(folder, 'out.csv'));
    writeFileSync(join(folder, 'out.csv', 'x'), '');
    const before = readdirSync(folder);
    const [to = ''] = await grant(join(folder, 'out.csv'));
    await expect(page.call('export.write', csvRequest(ids, to))).rejects.toMatchObject({
      code: 'not-writable',
    });
    expect(readdirSync(folder)).toEqual(before);
  });

  it('of a recording that is gone is refused', async () => {
    const { page, grant, folder } = await openAnalysed({ 'a.wav': 'a' });
    const [to = ''] = await grant(join(folder, 'out.csv'));
    await expect(page.call('export.write', csvRequest([99], to))).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('tables of other things than segments', () => {
  it('say what people say beside what the model heard, in its steps or as a whole', async () => {
    const { page, grant, folder, ids } = await openAnalysed({ 'a.wav': 'a' });
    const [recordingId = 0] = ids;
    const act = {
      kind: 'create',
      tier: 'annotator-1',
      start: 500,
      end: 1500,
      label: 'amused',
    } as const;
    await page.call('segments.act', { recordingId, act });
    const path = join(folder, 'windows.csv');
    const [to = ''] = await grant(path);
    await page.call('export.write', { ...csvRequest(ids, to), per: 'window' });
    const { rows } = parseEmotionCsv(readFileSync(path, 'utf8'));
    expect(rows.map(({ start, label, annotator }) => [start, label, annotator])).toEqual([
      [0, 'neutral', ''],
      [0.5, 'no speech', ''],
      [0.5, 'amused', 'Annotator 1'],
      [1, 'amused', 'Annotator 1'],
    ]);

    await page.call('export.write', { ...csvRequest(ids, to), per: 'recording' });
    const [heading = '', model, person] = readFileSync(path, 'utf8').split('\r\n');
    expect(heading).toContain('model,source,annotator,label,share_neutral');
    expect(heading).toContain('share_amused');
    expect(model).toMatch(/^a\.wav,3\.000000,2\.000000,stand-in-1,model,,neutral,0\.500000/u);
    expect(person).toMatch(/^a\.wav,3\.000000,1\.000000,,person,Annotator 1,amused,0\.000000/u);
    const about = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Record<string, unknown>;
    expect(about).toMatchObject({ per: 'recording', rows: 2, models: [{ unsureBelow: 0.4 }] });

    await page.call('export.write', {
      ...csvRequest(ids, to),
      per: 'recording',
      tier: 'annotator-1',
    });
    expect(readFileSync(path, 'utf8').split('\r\n')).toHaveLength(3);
  });
});

describe('other formats', () => {
  const request = (ids: readonly number[], to: string, format: string): ExportRequest => ({
    ...csvRequest(ids, to),
    format,
  });

  it('are offered by name, with what each can hold', async () => {
    const { page } = await openReadyLibrary();
    const formats = await page.call('export.formats', {});
    expect(formats).toHaveLength(14);
    expect(formats.find(({ id }) => id === 'csv')).toMatchObject({ many: true, table: true });
    expect(formats.find(({ id }) => id === 'eaf')).toMatchObject({
      ...{ ending: 'eaf', many: false, table: false },
    });
  });

  it('go into a new folder with a file each, whole or not at all', async () => {
    const { page, grant, folder, ids } = await openAnalysed({ 'a.wav': 'a', 'b.wav': 'b' });
    const path = join(folder, 'grids');
    const [to = ''] = await grant(path);
    const stages: number[] = [];
    const done = await page.call(
      'export.write',
      { ...request(ids, to, 'textgrid'), files: 'each' },
      { onProgress: ({ fraction }) => stages.push(fraction) },
    );
    expect(done).toMatchObject({ path, recordings: 2, rows: 6, leftOut: 0 });
    expect(done.losses).toContain('Not written: the confidence of 6 segments.');
    expect(stages).toEqual([0, 0.5]);
    expect(readdirSync(path).toSorted()).toEqual([
      'a.wav.TextGrid',
      'a.wav.TextGrid.json',
      'b.wav.TextGrid',
      'b.wav.TextGrid.json',
    ]);
    const grid = join(path, 'a.wav.TextGrid');
    const { document } = await readAnnotations(readFileSync(grid), grid);
    expect(document.recordings[0]?.tiers[0]?.items.map(({ label }) => label)).toEqual([
      'neutral',
      'no speech',
      'angry',
    ]);
    const again = page.call('export.write', { ...request(ids, to, 'textgrid'), files: 'each' });
    await expect(again).rejects.toMatchObject({ code: 'not-writable' });
  });

  it('of one recording a file are refused several, in words, and nothing is left', async () => {
    const { page, grant, folder, ids } = await openAnalysed({ 'a.wav': 'a', 'b.wav': 'b' });
    const before = readdirSync(folder);
    const [to = ''] = await grant(join(folder, 'both.srt'));
    await expect(page.call('export.write', request(ids, to, 'srt'))).rejects.toMatchObject({
      code: 'annotations-unwritable',
    });
    expect(readdirSync(folder)).toEqual(before);
  });

  it('name no speaker by default, and number the same one the same each time', async () => {
    const { page, grant, folder, ids } = await openAnalysed({ 'a.wav': 'a', 'b.wav': 'b' });
    const [first = 0, second = 0] = ids;
    const { id: tier } = await page.call('tiers.add', { kind: 'speakers', name: 'Who speaks' });
    const say = async (recordingId: number, start: number, label: string): Promise<void> => {
      const act = { kind: 'create', tier, start, end: start + 500, label } as const;
      await page.call('segments.act', { recordingId, act });
    };
    await say(first, 0, 'Canary Alice');
    await say(first, 500, 'Canary Bob');
    await say(second, 0, 'Canary Bob');
    await page.call('recordings.describe', { ids, change: { speaker: 'Canary Cleo' } });
    const [to = ''] = await grant(join(folder, 'all.json'));
    for (const format of ['json', 'label-studio', 'rttm', 'csv', 'parquet', 'audformat']) {
      await page.call('export.write', request(ids, to, format));
      const written = ['all.json', 'all.json.json'].map((name) =>
        readFileSync(join(folder, name), 'latin1'),
      );
      expect(written.join(), format).not.toContain('Canary');
    }
    await say(second, 1000, 'A newcomer');
    await page.call('export.write', request(ids, to, 'json'));
    const text = readFileSync(join(folder, 'all.json'), 'utf8');
    expect(text.match(/Speaker \d/gu)).toEqual([
      ...['Speaker 1', 'Speaker 2', 'Speaker 2', 'Speaker 4'],
    ]);
    await page.call('export.write', { ...request(ids, to, 'json'), speakerNames: true });
    expect(readFileSync(join(folder, 'all.json'), 'utf8')).toContain('Canary Alice');
  });
});

it('a cancelled export leaves nothing behind', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `${index}.wav`);
  const files = Object.fromEntries(names.map((name) => [name, name]));
  const { page, grant, folder, ids } = await openAnalysed(files);
  const before = readdirSync(folder);
  for (const files of ['one', 'each'] as const) {
    const stop = new AbortController();
    const [to = ''] = await grant(join(folder, 'out'));
    const call = page.call(
      'export.write',
      { ...csvRequest(ids, to), files },
      {
        signal: stop.signal,
        onProgress: ({ fraction }) => {
          if (fraction > 0.2) stop.abort();
        },
      },
    );
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => readdirSync(folder)).toEqual(before);
  }
});

describe('distinctNames', () => {
  it('takes as many folders as it needs to tell files apart, and no more', () => {
    const names = distinctNames([
      join('/', 'x', 'one', 'take.wav'),
      join('/', 'y', 'one', 'take.wav'),
      join('/', 'y', 'two', 'take.wav'),
      join('/', 'y', 'two', 'other.wav'),
    ]);
    expect([...names.values()].sort()).toEqual([
      'other.wav',
      'two/take.wav',
      'x/one/take.wav',
      'y/one/take.wav',
    ]);
  });

  it('finds an end where one path is the end of another, and where a path is given twice', () => {
    const names = distinctNames(['/take.wav', '/one/take.wav', '/take.wav']);
    expect(new Set(names.values()).size).toBe(2);
  });
});
