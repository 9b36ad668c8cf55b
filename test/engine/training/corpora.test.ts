import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { groupDuplicates } from '#engine/training/corpora/duplicates.ts';
import { openCorpus } from '#engine/training/corpora/open.ts';

const fixtures = 'test/fixtures/emodb';
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpus-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('a RAVDESS corpus', () => {
  it('reads label, speaker and traits from names at any depth, and keeps to speech', async () => {
    await plant('Actor_01/03-01-05-02-01-01-01.wav', 'b/c/03-01-02-01-02-02-12.flac');
    await plant('03-02-05-01-01-01-01.wav', '01-01-05-01-01-01-01.wav', 'notes.wav');

    const { clips } = await openCorpus('ravdess', folder);

    expect(
      clips.map(({ label, speaker, sex, traits }) => ({ label, speaker, sex, traits })),
    ).toEqual([
      {
        label: 'angry',
        speaker: 'ravdess/01',
        sex: 'male',
        traits: { intensity: 'strong', statement: 'Kids are talking by the door' },
      },
      {
        label: 'calm',
        speaker: 'ravdess/12',
        sex: 'female',
        traits: { intensity: 'normal', statement: 'Dogs are sitting by the door' },
      },
    ]);
  });

  it('counts a clip once that is there as wav and flac, or in two folders', async () => {
    await plant('a/03-01-05-02-01-01-01.wav', 'b/03-01-05-02-01-01-01.wav');
    await plant('a/03-01-05-02-01-01-01.flac');

    expect((await openCorpus('ravdess', folder)).clips).toHaveLength(1);
  });

  it('says so where nothing is named as RAVDESS speech, or no folder is there', async () => {
    await plant('speech.wav');

    await expect(openCorpus('ravdess', folder)).rejects.toMatchObject({ code: 'corpus-invalid' });
    await expect(openCorpus('ravdess', join(folder, 'gone'))).rejects.toThrow(/cannot be used/u);
  });
});

describe('an EMO-DB corpus', () => {
  it('reads the German letters', async () => {
    const { clips } = await openCorpus('emodb', fixtures);

    const labels = clips.map(({ label }) => label);
    expect(labels).toEqual([
      ...['happy', 'happy', 'disgust', 'angry', 'neutral'],
      ...['fearful', 'angry', 'fearful', 'boredom', 'sad'],
    ]);
    expect(new Set(clips.map(({ speaker }) => speaker)).size).toBe(10);
    expect(clips.filter(({ sex }) => sex === 'female')).toHaveLength(5);
  });
});

describe('a folder with labels.csv', () => {
  it('gives the clips that the table names', async () => {
    const { clips } = await openCorpus('folder', fixtures);
    const named = await openCorpus('emodb', fixtures);

    expect(clips.map(({ path, label }) => ({ path, label }))).toEqual(
      named.clips.map(({ path, label }) => ({ path, label })),
    );
    expect(clips[0]?.speaker).toBe('emodb/03');
  });

  it('takes a byte order mark, quotes and further columns', async () => {
    await copyFile(join(fixtures, '03a04Fd.wav'), join(folder, 'a, b.wav'));
    await labels('\uFEFFspeaker,file,emotion,note\r\nAda,"a, b.wav",happy,"two\nlines"\r\n');

    const { clips } = await openCorpus('folder', folder);

    expect(clips).toMatchObject([
      { path: join(folder, 'a, b.wav'), label: 'happy', traits: { note: 'two\nlines' } },
    ]);
  });

  it.each([
    ['no table', undefined, /no labels\.csv/u],
    ['no rows', 'file,emotion,speaker\n', /no rows/u],
    ['a column missing', 'file,emotion\na.wav,sad\n', /row 1: nothing under "speaker"/u],
    ['a recording missing', 'file,emotion,speaker\na.wav,sad,x\n', /a\.wav, which cannot be read/u],
    ['a broken row', 'file,emotion,speaker\na.wav\n', /row 1: Too few fields/u],
  ])('refuses %s with the reason', async (_, table, reason) => {
    if (table !== undefined) await labels(table);

    await expect(openCorpus('folder', folder)).rejects.toThrow(reason);
  });
});

describe('duplicates', () => {
  it('fall into one group, also through a third', async () => {
    const { clips } = await openCorpus('emodb', fixtures);
    const hashes = clips.map(({ path }) => path);
    hashes[4] = hashes[1] ?? '';
    hashes[7] = hashes[4];

    const grouped = groupDuplicates(clips, hashes);

    expect(new Set([1, 4, 7].map((index) => grouped[index]?.group)).size).toBe(1);
    expect(new Set(grouped.map(({ group }) => group)).size).toBe(8);
  });
});

async function plant(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), 'sound');
  }
}

function labels(text: string): Promise<void> {
  return writeFile(join(folder, 'labels.csv'), text);
}
