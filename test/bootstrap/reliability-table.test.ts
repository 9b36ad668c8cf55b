import { existsSync, readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { readBars, renderPage } from '../../scripts/tasks/reliability-table.mjs';

const page = 'docs/RELIABILITY.md';

it('every bar of reliability names tests that there are', async () => {
  const files = (await readBars()).flatMap(({ tests }) => tests);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});

it('the page says what the bars and the last results say', async () => {
  const text = readFileSync(page, 'utf8');
  const results: unknown = JSON.parse(readFileSync('docs/reliability/results.json', 'utf8'));
  const rendered = renderPage(text, await readBars(), results as Parameters<typeof renderPage>[2]);
  expect(await format(rendered, { ...(await resolveConfig(page)), filepath: page })).toBe(text);
});
