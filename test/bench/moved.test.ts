import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { result, type Figure } from '../../bench/figure.ts';
import { whatMoved } from '../../bench/report.ts';

const lastFile = new URL('../../bench/last.json', import.meta.url);

test('nothing moved where the figures are the committed ones', async () => {
  expect(await whatMoved(await committed())).toEqual([]);
});

test('a figure of half the committed ratio is slower, one of twice that is faster', async () => {
  const figures = await committed();
  const halved = await whatMoved(figures.map((figure) => ({ ...figure, ratio: figure.ratio / 2 })));
  const doubled = await whatMoved(
    figures.map((figure) => ({ ...figure, ratio: figure.ratio * 2 })),
  );
  expect(halved).toHaveLength(figures.length);
  expect(halved.every((line) => line.startsWith('Slower: '))).toBe(true);
  expect(doubled).toHaveLength(figures.length);
  expect(doubled.every((line) => line.startsWith('Faster: '))).toBe(true);
});

test('a ratio that differs as two runs of one program do is not worth a word', async () => {
  const figures = await committed();
  const nearly = figures.map((figure) => ({ ...figure, ratio: figure.ratio * 0.9 }));
  expect(await whatMoved(nearly)).toEqual([]);
});

async function committed(): Promise<readonly Figure[]> {
  const run = z.record(z.string(), result).parse(JSON.parse(await readFile(lastFile, 'utf8')));
  return Object.values(run).flatMap((group) => group.figures);
}
