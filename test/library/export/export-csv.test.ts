import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEmotionCsv } from '#formats/emotion-csv-reader.ts';
import { distinctNames } from '#library/export/distinct-names.ts';
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
    const result = await page.call('export.csv', { ids: ids.toReversed(), to });
    expect(result).toEqual({ path, recordings: 2, rows: 6 });

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
        { name: 'a.wav', seconds: 3, rows: 3 },
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
    const result = await page.call('export.csv', { ids: [...ids, ...waiting, ...ids], to });
    expect(result).toEqual({ path, recordings: 1, rows: 3 });
  });

  it('refuses to write over a recording', async () => {
    const { page, grant, ids, paths } = await openAnalysed({ 'a.wav': 'a' });
    const [to = ''] = await grant(...paths);
    const before = readFileSync(paths[0] ?? '', 'utf8');
    await expect(page.call('export.csv', { ids, to })).rejects.toMatchObject({
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
    await expect(page.call('export.csv', { ids, to })).rejects.toMatchObject({
      code: 'not-writable',
    });
    expect(readdirSync(folder)).toEqual(before);
  });

  it('of a recording that is gone is refused', async () => {
    const { page, grant, folder } = await openAnalysed({ 'a.wav': 'a' });
    const [to = ''] = await grant(join(folder, 'out.csv'));
    await expect(page.call('export.csv', { ids: [99], to })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
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
