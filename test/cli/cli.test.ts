import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseEmotionCsv } from '#formats/emotion-csv-reader.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const clips = ['03a04Fd', '10b10Wa', '16a01Tb'].map((name) => `test/fixtures/emodb/${name}.wav`);

const line = z.object({
  file: z.string(),
  label: z.string(),
  confidence: z.number(),
  probabilities: z.record(z.string(), z.number()),
});
const linesOf = (stdout: string): z.infer<typeof line>[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((text) => line.parse(JSON.parse(text)));

describe('classify', () => {
  it('prints one JSON line a file, the same natively and portably within 1e-3', async () => {
    const native = await runCli(['classify', ...clips]);
    expect(native.status).toBe(0);
    const lines = linesOf(native.stdout);
    expect(lines.map(({ file }) => file)).toEqual(clips);
    for (const { label, confidence, probabilities } of lines) {
      expect(probabilities[label]).toBe(confidence);
      const sum = Object.values(probabilities).reduce((total, value) => total + value, 0);
      expect(sum).toBeCloseTo(1, 5);
    }

    const portable = linesOf(
      (await runCli(['classify', ...clips], { UNDERTONE_ENGINE: 'portable' })).stdout,
    );
    for (const [index, { label, probabilities }] of lines.entries()) {
      expect(portable[index]?.label).toBe(label);
      for (const [name, value] of Object.entries(probabilities)) {
        expect(Math.abs((portable[index]?.probabilities[name] ?? 0) - value)).toBeLessThan(1e-3);
      }
    }
  });
});

describe('analyze', () => {
  it('prints emotion CSV that reads back, and writes the same to a file with its sidecar', async () => {
    const path = join(folder, 'out.csv');
    const printed = await runCli(['analyze', ...clips]);
    const written = await runCli(['analyze', ...clips, '-o', path]);
    expect([printed.status, written.status]).toEqual([0, 0]);
    expect(readFileSync(path, 'utf8')).toBe(printed.stdout);
    const { rows } = parseEmotionCsv(printed.stdout);
    expect(new Set(rows.map(({ recording }) => recording)).size).toBe(clips.length);
    const sidecar = z
      .object({
        rows: z.number(),
        recordings: z.array(z.object({ sha256: z.string().length(64) })),
      })
      .parse(JSON.parse(readFileSync(`${path}.json`, 'utf8')));
    expect(sidecar.rows).toBe(rows.length);
    expect(sidecar.recordings).toHaveLength(clips.length);
  });

  it('names each file that fails with its reason, analyses the others and exits with 1', async () => {
    const broken = join(folder, 'broken');
    mkdirSync(join(broken, 'none'), { recursive: true });
    writeFileSync(join(broken, 'text.wav'), 'This is not sound.');
    writeFileSync(join(broken, 'empty.wav'), '');
    writeFileSync(join(broken, 'none', 'notes.txt'), 'nothing to hear');
    const whole = readFileSync('test/fixtures/audio/speech-cbr.mp3');
    writeFileSync(join(broken, 'cut.mp3'), whole.subarray(0, whole.length / 2));
    const target = join(folder, 'results');
    const run = await runCli([
      'analyze',
      broken,
      join(broken, 'none'),
      join(broken, 'missing.mp3'),
      ...clips,
      '-o',
      target,
      '--format',
      'csv,json',
    ]);
    expect(run.status).toBe(1);
    for (const [name, reason] of [
      ['text.wav', 'no sound'],
      ['empty.wav', 'empty'],
      ['cut.mp3', 'damaged'],
      ['none', 'no recordings'],
      ['missing.mp3', 'no file'],
    ] as const) {
      expect(run.stderr).toMatch(new RegExp(`${name}.*${reason}|${reason}.*${name}`));
    }
    for (const name of ['cut.mp3', '03a04Fd.wav', '10b10Wa.wav', '16a01Tb.wav']) {
      expect(existsSync(join(target, `${name}.csv`))).toBe(true);
      expect(existsSync(join(target, `${name}.json`))).toBe(true);
    }
  });

  it.skipIf(process.getuid?.() === 0)('says when a file may not be read', async () => {
    const path = join(folder, 'secret.wav');
    writeFileSync(path, readFileSync(clips[0] ?? ''));
    chmodSync(path, 0);
    const run = await runCli(['analyze', path]);
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('may not be read');
  });
});

describe('every command', () => {
  it.each([
    [['analyze']],
    [['analyze', 'a.wav', '--hop', 'soon']],
    [['analyze', 'a.wav', '--format', 'docx']],
    [['classify', 'a.wav', '--normalise', 'loudly']],
    [['train', '--corpus', 'nonsense']],
    [['evaluate']],
    [['dance']],
  ])('exits with 2 on wrong usage: %j', async (args) => {
    const run = await runCli(args);
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(/error|Usage/);
    expect(run.stdout).toBe('');
  });

  it('tells by doctor which engine runs', async () => {
    const run = await runCli(['doctor', '--json'], { UNDERTONE_ENGINE: 'portable' });
    expect(JSON.parse(run.stdout)).toMatchObject({ engine: 'portable', node: process.version });
  });
});
