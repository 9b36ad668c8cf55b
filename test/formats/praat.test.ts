import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { AnnotationItem, AnnotationTier } from '#formats/annotation/document.ts';
import { writeAnnotations } from '#formats/annotation/write.ts';

const folder = mkdtempSync(join(tmpdir(), 'praat-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const item = (start: number, end: number, label: string): AnnotationItem => ({
  start,
  end,
  label,
  confidence: null,
  labels: [],
  probabilities: [],
  note: '',
});
const tier = (name: string, items: readonly AnnotationItem[]): AnnotationTier => ({
  name,
  source: 'person',
  annotator: '',
  items,
});
const tiers = [
  tier('emotion "of Mia"', [
    item(0, 0.5, 'neutral'),
    item(0.500063, 1.25, 'sounds "angry" = loud!'),
    item(2, 2.5, 'überrascht 怒り 😀'),
  ]),
  tier(
    'many',
    Array.from({ length: 2000 }, (_, index) => item(index / 1000, (index + 1) / 1000, `n${index}`)),
  ),
  tier('beats', [item(1.5, 1.5, 'laugh'), item(2, 2, '')]),
  tier('nobody', []),
];

const isThere = spawnSync('praat', ['--version']).status === 0;

describe.skipIf(!isThere)('Praat', () => {
  it.each(['textgrid', 'textgrid-short', 'textgrid-utf16', 'textgrid-short-utf16'] as const)(
    'reads what we write as %s: every tier, time and label',
    async (format) => {
      const path = join(folder, `${format}.TextGrid`);
      const document = { recordings: [{ name: format, seconds: 3, tiers }] };
      writeFileSync(path, (await writeAnnotations(document, format)).bytes);
      const script = resolve('test/fixtures/formats/read-with-praat.praat');
      const [duration, ...lines] = execFileSync('praat', ['--run', script, path], {
        encoding: 'utf8',
      })
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t'));
      expect(duration).toEqual(['duration', '3']);
      const told = lines.map(([name, start, end, label]) => [
        name,
        Number(start),
        Number(end),
        label ?? '',
      ]);
      const wanted = tiers.flatMap(({ name, items }) =>
        items.map(({ start, end, label }) => [name, start, end, label]),
      );
      // The rest are Praat's gaps.
      const said = told.filter(([name, , , label]) => label !== '' || name === 'beats');
      expect(said).toEqual(wanted);
    },
  );
});
