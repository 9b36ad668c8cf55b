import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readAnnotations } from '#formats/annotation/read.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'annotations-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const fixtures = 'test/fixtures/formats';
const at = (name: string): string => join(folder, name);

describe('convert', () => {
  it('converts by the endings of the files and says what is lost', async () => {
    const run = await runCli(['convert', `${fixtures}/elan.eaf`, at('a.csv')]);
    expect(run.status).toBe(0);
    expect(run.stdout.trim()).toBe(at('a.csv'));
    expect(run.stderr).toContain('Not written: the names of 3 tiers.');
    expect(readFileSync(at('a.csv'), 'utf8')).toContain(
      'my interview.wav,2.500000,4.000000,angry,person,1.000000,Mia,',
    );
    const back = await runCli(['convert', at('a.csv'), at('b.parquet')]);
    expect([back.status, back.stderr]).toEqual([0, '']);
  });

  it('converts a batch into a folder, a file a recording, and names each file that fails', async () => {
    const out = at('many');
    const run = await runCli([
      'convert',
      `${fixtures}/nist.rttm`,
      `${fixtures}/praat-binary.TextGrid`,
      `${fixtures}/ffmpeg.srt`,
      at('missing.vtt'),
      out,
      '--to',
      'textgrid-short',
    ]);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/praat-binary\.TextGrid cannot be read: it is in the binary form/u);
    expect(run.stderr).toMatch(/no file at .*missing\.vtt/u);
    expect(readdirSync(out).toSorted()).toEqual([
      'ffmpeg.TextGrid',
      'nist-CMU_20020319-1400_d01_NONE.TextGrid',
      'nist-other.TextGrid',
    ]);
  });

  it('writes nothing where several recordings do not fit into one file', async () => {
    const run = await runCli(['convert', `${fixtures}/nist.rttm`, at('one.eaf')]);
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('one recording a file, and here are 2');
    expect(readdirSync(folder)).not.toContain('one.eaf');
  });
});

describe('agree', () => {
  writeFileSync(at('mia.txt'), '0\t5\tangry\n5\t9\tsad\n');
  writeFileSync(
    at('tom.srt'),
    '1\n00:00:00,000 --> 00:00:04,000\nangry\n\n2\n00:00:04,000 --> 00:00:09,000\nsad\n',
  );

  it('compares files of any formats, with a sentence a number and where they differ', async () => {
    const run = await runCli(['agree', at('mia.txt'), at('tom.srt'), '--block', '1']);
    expect([run.status, run.stderr]).toEqual([0, '']);
    // 80 of 90 units; pe = (50 * 40 + 40 * 50) / 90 ** 2.
    expect(run.stdout).toMatch(
      /mia\.txt and tom\.srt: substantial .*kappa 0\.78, 95 % interval .*89 %/u,
    );
    expect(run.stdout).toContain('mia  0:04.000 - 0:05.000  mia.txt angry, tom.srt sad');
  });

  it('prints the same as JSON, the same again with the same seed', async () => {
    const args = ['agree', at('mia.txt'), at('tom.srt'), '--block', '1', '--json'];
    const [first, second] = [await runCli(args), await runCli(args)];
    expect(second.stdout).toBe(first.stdout);
    const shape = z.object({
      pairs: z.array(z.object({ kappa: z.object({ value: z.number() }) })),
      differences: z.array(z.object({ start: z.number(), end: z.number() })),
    });
    const { pairs, differences } = shape.parse(JSON.parse(first.stdout));
    expect(pairs[0]?.kappa.value).toBeCloseTo(0.780488, 6);
    expect(differences).toEqual([{ start: 4, end: 5 }]);
  });

  it('compares the tiers of a single file, and asks which where a file among others has several', async () => {
    const grid = `${fixtures}/praat-long.TextGrid`;
    const tiers = await runCli(['agree', grid, '--tier', 'emotion,Mia']);
    expect(tiers.stdout).toContain('emotion and Mia:');
    const unclear = await runCli(['agree', grid, at('mia.txt')]);
    expect(unclear.status).toBe(1);
    expect(unclear.stderr).toContain('choose with --tier');
  });

  it.each([
    [['convert', 'a.csv']],
    [['convert', 'a.csv', 'b.docx']],
    [['convert', 'a.csv', 'b', '--to', 'docx']],
    [['agree', 'a.csv', 'b.csv', '--unit', '0']],
    [['agree']],
  ])('exits with 2 on wrong usage: %j', async (args) => {
    const run = await runCli(args);
    expect(run.status).toBe(2);
    expect(run.stdout).toBe('');
  });
});

describe('analyze --format', () => {
  const clips = ['03a04Fd', '10b10Wa'].map((name) => `test/fixtures/emodb/${name}.wav`);

  it('writes what other programs read, with the same segments as the emotion CSV', async () => {
    const out = at('analysed');
    const formats = [
      'csv',
      'textgrid',
      'eaf',
      'audacity',
      'vtt',
      'rttm',
      'label-studio',
      'audformat',
    ];
    const run = await runCli(['analyze', ...clips, '-o', out, '--format', formats.join(',')]);
    expect(run.status).toBe(0);
    const itemsOf = async (ending: string): Promise<readonly unknown[]> => {
      const path = join(out, `03a04Fd.wav.${ending}`);
      const { document } = await readAnnotations(readFileSync(path), path);
      return document.recordings
        .flatMap(({ tiers }) => tiers.flatMap(({ items }) => items))
        .map(({ start, end, label }) => [
          start.toFixed(2),
          end.toFixed(2),
          label.replace('_', ' '),
        ]);
    };
    const segments = await itemsOf('csv');
    expect(segments.length).toBeGreaterThan(0);
    for (const ending of [
      'TextGrid',
      'eaf',
      'txt',
      'vtt',
      'rttm',
      'labelstudio.json',
      'audformat.csv',
    ]) {
      expect(await itemsOf(ending)).toEqual(segments);
    }
  });

  it('refuses one file for several recordings where the format has one a file', async () => {
    const run = await runCli(['analyze', ...clips, '-o', at('both.TextGrid')]);
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('one recording a file');
    expect(readdirSync(folder)).not.toContain('both.TextGrid');
  });
});
