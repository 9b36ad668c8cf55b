import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEmotionCsv } from '#formats/emotion-csv-reader.ts';
import { countDone, killWhenDone } from '../../support/kill-and-resume.ts';
import { emodbClips } from '../../support/emodb.ts';
import { growRecordingTree } from '../../support/recording-tree.ts';
import { runCli } from '../run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'resume '));
const recordings = join(folder, 'all recordings');
const undisturbed = join(folder, 'undisturbed.csv');
const fixture = (name: string): string => `test/fixtures/emodb/${name}.wav`;
const size = { recordings: 36, broken: 2 };

beforeAll(async () => {
  const clips = emodbClips().map(({ samples }) => samples);
  growRecordingTree(recordings, clips, size);
  const run = await runCli(['analyze', recordings, '-o', undisturbed]);
  expect(run.status).toBe(1);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('analyze --resume', () => {
  it('has each recording once and the bytes of an undisturbed run, after three kills', async () => {
    const path = join(folder, 'killed.csv');
    const args = ['analyze', recordings, '-o', path, '--jobs', '2', '--resume'];
    const done = `${path}.done`;
    await killWhenDone(args, done, 5, 'command');
    await killWhenDone(args, done, 15, 'command and workers');
    await killWhenDone(args, done, 25, 'command');
    const before = countDone(done);
    const run = await runCli(args);

    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/\d+ up to date already, 2 failed/);
    expect(Number(/(\d+) up to date/.exec(run.stderr)?.[1])).toBeGreaterThanOrEqual(before);
    expect(readFileSync(path, 'utf8')).toBe(readFileSync(undisturbed, 'utf8'));
    expect(readFileSync(`${path}.json`, 'utf8')).toBe(readFileSync(`${undisturbed}.json`, 'utf8'));
    const names = parseEmotionCsv(readFileSync(path, 'utf8')).rows.map((row) => row.recording);
    const blocks = names.filter((name, index) => name !== names[index - 1]);
    expect(blocks).toHaveLength(size.recordings);
    expect(new Set(blocks).size).toBe(size.recordings);
    expect(readdirSync(done).filter((name) => name.endsWith('.part'))).toEqual([]);
  }, 300_000);

  it('analyses only what is new, changed, or asked for with other settings', async () => {
    const some = mkdtempSync(join(folder, 'some-'));
    const path = join(some, 'out');
    const clips = ['03a04Fd', '10b10Wa', '16a01Tb'].map(fixture);
    const own = join(some, 'own.wav');
    writeFileSync(own, readFileSync(clips[0] ?? ''));
    const args = ['analyze', ...clips, own, '-o', path, '--format', 'csv,json', '--resume'];
    // Two files of one content: it depends on the pace whether the second finds the first done.
    expect((await runCli(args)).stderr).toMatch(/^4 recordings: [34] analysed/mu);
    expect((await runCli(args)).stderr).toContain('0 analysed, 4 up to date already');

    writeFileSync(own, readFileSync(fixture('15a01La')));
    expect((await runCli(args)).stderr).toContain('1 analysed, 3 up to date already');
    expect((await runCli([...args, '--hop', '0.25'])).stderr).toMatch(/: [34] analysed/u);
    // A half-written answer is none.
    const [kept = ''] = readdirSync(join(path, '.done'));
    writeFileSync(join(path, '.done', kept), '{"version":1,');
    expect((await runCli(args)).stderr).toMatch(/: [01] analysed/u);
  }, 120_000);

  it('leaves nothing beside the output where nothing was left to do and nobody asked', async () => {
    const path = join(folder, 'plain.csv');
    await runCli(['analyze', fixture('03a04Fd'), '-o', path]);
    expect(readdirSync(folder).filter((name) => name.startsWith('plain'))).toEqual([
      'plain.csv',
      'plain.csv.json',
    ]);
  });
});
