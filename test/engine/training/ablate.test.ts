import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ablate, type AblationTask } from '#engine/training/ablate/ablate.ts';
import { drawDifferences } from '#engine/training/ablate/figure.ts';
import { pairedDifference } from '#engine/training/ablate/paired.ts';
import { planAblation, topics } from '#engine/training/ablate/plan.ts';
import { describeAblation } from '#engine/training/ablate/table.ts';
import { openCorpus } from '#engine/training/corpora/open.ts';
import type { TrainingTools } from '#engine/training/training-data.ts';
import { tinyRecipe, tinyTools } from './tiny.ts';

let tools: TrainingTools;
let task: AblationTask;

beforeAll(async () => {
  tools = await tinyTools();
  const corpora = [await openCorpus('emodb', 'test/fixtures/emodb')];
  const folder = await mkdtemp(join(tmpdir(), 'ablate-'));
  const recipe = { ...tinyRecipe, epochs: 1 };
  const record = join(folder, 'runs.jsonl');
  task = { corpora, recipe, folds: 2, seeds: [1], topics: ['dropout'], record };
});
afterAll(async () => {
  await tools.voiceActivity.dispose();
});

describe('the plan', () => {
  const { variants, comparisons } = planAblation(tinyRecipe, topics);

  it('compares one layer with two of the same size, on either split', () => {
    const layers = comparisons.filter(({ question }) => question.includes('second layer'));

    expect(layers).toHaveLength(6);
    for (const { from, to } of layers) {
      const [one, two] = [from, to].map((name) => variants.find((own) => own.name === name));
      const [units] = one?.recipe.network.units ?? [];
      expect(two?.recipe.network.units).toEqual([units, units]);
      expect({ ...one?.recipe, network: 0 }).toEqual({ ...two?.recipe, network: 0 });
      expect(one?.split).toBe(two?.split);
    }
  });

  it('names each variant once, and compares only what it names', () => {
    const names = variants.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
    for (const { from, to } of comparisons) {
      expect(names).toEqual(expect.arrayContaining([from, to]));
    }
  });
});

describe('a paired difference', () => {
  it('has the interval of Nadeau and Bengio, wider than that of independent runs', () => {
    const { mean, interval, pairs } = pairedDifference([0.01, 0.02, 0.03, 0.04, 0.05], 5);

    expect(mean).toBeCloseTo(0.03);
    expect(pairs).toBe(5);
    // 2.776 (t, 4 degrees of freedom) x 0.01581 (deviation) x sqrt(1/5 + 1/4)
    expect(interval[1] - mean).toBeCloseTo(2.776 * 0.015_811 * Math.sqrt(0.45), 3);
    expect(() => pairedDifference([0.1], 5)).toThrow(RangeError);
  });
});

describe('an ablation', () => {
  it('trains each variant on the same folds, and goes on where it was stopped', async () => {
    const stopping = new AbortController();
    const stopped = ablate(
      {
        ...task,
        onProgress: ({ number }) => {
          if (number === 2) stopping.abort();
        },
      },
      { ...tools, signal: stopping.signal },
    );
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    const before = await readFile(task.record, 'utf8');

    const report = await ablate(task, tools);

    const after = await readFile(task.record, 'utf8');
    expect(after.startsWith(before)).toBe(true);
    expect(before.split('\n').length - 1).toBeGreaterThanOrEqual(2);
    expect(after.split('\n').length - 1).toBe(3 * 2);
    expect(report.variants.map(({ name }) => name)).toEqual([
      'dropout 0',
      'dropout 0.25',
      'dropout 0.5',
    ]);
    const [none, some] = report.variants;
    const [first] = report.comparisons;
    const gain = (some?.summary.clip.uar.mean ?? NaN) - (none?.summary.clip.uar.mean ?? NaN);
    expect(first?.difference.clip.mean).toBeCloseTo(gain);
    expect(none?.latency).toBeGreaterThan(0);
    // Networks of hundreds of runs are kept nowhere.
    expect(await readdir(join(task.record, '..'))).toEqual(['runs.jsonl']);
  });

  it('is told in a table and a figure', async () => {
    const report = await ablate(task, tools);

    const table = describeAblation(report);
    const figure = drawDifferences(report);

    expect(table).toContain('2 folds and 1 seed');
    for (const { name } of report.variants) expect(table).toContain(`| ${name} |`);
    for (const { question } of report.comparisons) {
      expect(table).toContain(`| ${question} |`);
      expect(figure).toContain(question);
    }
    expect(figure).not.toContain('NaN');
  });
});
