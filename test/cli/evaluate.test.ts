import { copyFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const clips = 'test/fixtures/emodb';
const model = 'resources/models/ravdess-lstm-4';
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evaluate-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('undertone evaluate', () => {
  it('tells how right a model is about women and about men, and that ten clips say little', async () => {
    const run = await runCli(['evaluate', '--corpus', `emodb:${clips}`]);

    expect(run.status, run.stderr).toBe(0);
    // None of the women speaks neutrally, none of the men sadly.
    expect(run.stdout).toMatch(/^by sex +clips {2}accuracy \(not every group has every label\)$/mu);
    const row =
      /^(female|male) +(\d) +[\d.]+ % {2}95 %: +[\d.]+ % to +[\d.]+ % {2}not reliable, fewer than 20 clips$/gmu;
    expect([...run.stdout.matchAll(row)].map(([, sex, count]) => [sex, count])).toEqual([
      ['female', '5'],
      ['male', '4'],
    ]);
    expect(run.stdout).not.toContain('between best and worst');
  }, 120_000);

  it('takes the groups of a table, and puts them on a card', async () => {
    const table = await readFile(join(clips, 'labels.csv'), 'utf8');
    const [head = '', ...rows] = table.trim().split('\n');
    for (const row of rows) {
      const [file = ''] = row.split(',');
      await copyFile(join(clips, file), join(folder, file));
    }
    const grouped = rows.map((row, index) => `${row},${index % 2 === 0 ? 'old | new' : 'young'}`);
    await writeFile(join(folder, 'labels.csv'), [`${head},age`, ...grouped].join('\n'));
    const card = join(folder, 'model');
    await cp(model, card, { recursive: true });

    const run = await runCli(['evaluate', '--corpus', `folder:${folder}`, '--json']);
    await writeFile(join(folder, 'evaluation.json'), run.stdout);
    const put = await runCli([
      ...['card', '--model', card],
      ...['--study', join(folder, 'evaluation.json')],
    ]);

    expect(JSON.parse(run.stdout)).toMatchObject({
      byGroup: [
        { by: 'age', groups: [{ name: 'old | new' }, { name: 'young' }], difference: null },
      ],
    });
    expect(put.status, put.stderr).toBe(0);
    expect(await readFile(join(card, 'CARD.md'), 'utf8')).toMatch(
      /^## By group$[^]*^\| folder \| clip \| age \| old \\\| new \| 4 \|.*\| not reliable \| not known \|$/mu,
    );
  }, 120_000);
});
