import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openEmodb } from '#engine/training/corpora/emodb.ts';
import { runCli } from './run-cli.ts';

let folder: string;
let csv: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'finetune-'));
  csv = join(folder, 'corrections.csv');
  const { clips } = await openEmodb('test/fixtures/emodb');
  const rows = clips.map(({ path, label }) => `${resolve(path)},0,10,${label}`);
  writeFileSync(csv, ['recording,start,end,label', ...rows].join('\n'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const report = z.object({
  model: z.string(),
  labels: z.array(z.string()),
  corrections: z.record(z.string(), z.number()),
  check: z.object({ clips: z.number().positive() }),
});

describe('finetune', () => {
  it('makes a version that knows the new label, and the same one of the same seed', async () => {
    const runs = [];
    for (const name of ['one', 'other']) {
      const out = join(folder, name);
      runs.push(await runCli(['finetune', '--labels', csv, '--out', out, '--seed', '3', '--json']));
    }
    for (const run of runs) expect(run).toMatchObject({ status: 0 });
    const { model, labels, corrections } = report.parse(JSON.parse(runs[0]?.stdout ?? ''));
    expect(model).toBe('one');
    expect(labels).toContain('boredom');
    expect(Object.values(corrections).reduce((sum, count) => sum + count, 0)).toBe(10);
    const weights = ['one', 'other'].map((name) => readFileSync(join(folder, name, 'weights.bin')));
    expect(weights[0]?.equals(weights[1] ?? Buffer.of())).toBe(true);

    const classified = await runCli([
      'classify',
      ...['--model', join(folder, 'one')],
      'test/fixtures/emodb/15a01La.wav',
    ]);
    expect(JSON.parse(classified.stdout)).toHaveProperty('probabilities.boredom');
  }, 300_000);

  it('refuses to take the place of something that is there', async () => {
    const run = await runCli(['finetune', '--labels', csv, '--out', folder]);
    expect(run.status).toBe(4);
    expect(run.stderr).toContain('a model never replaces anything');
  });
});
