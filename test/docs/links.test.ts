import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name)),
];

it.each(pages)('%s points to nothing that is not there', (page) => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/gu)];
  const missing = links
    .map(([, target = '']) => path.join(path.dirname(page), target))
    .filter((target) => !existsSync(target));
  expect(missing).toEqual([]);
});

it('shows every picture that was made for the guide', () => {
  const guide = readFileSync('docs/GUIDE.md', 'utf8');
  const pictures = readdirSync('docs/images').filter((name) => name.startsWith('guide-'));
  expect(pictures.length).toBeGreaterThan(5);
  expect(pictures.filter((name) => !guide.includes(`images/${name}`))).toEqual([]);
});
