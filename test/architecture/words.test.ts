import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { statements } from '#shared/domain/responsible-use.ts';

/** What people read: the interface, the command line, model cards, the documentation. */
const files = [
  'README.md',
  ...filesBelow('docs', /\.md$/u),
  ...filesBelow('resources', /\.md$/u),
  ...filesBelow('src/renderer', /\.(?:ts|vue)$/u),
  ...['cli', 'formats', 'shared', 'library', 'main'].flatMap((room) =>
    filesBelow(join('src', room), /\.ts$/u),
  ),
];

/** How nobody should speak of a voice: as if it told what somebody feels, is, or hides. */
const banned = [
  /\b(?:s?he|they|someone|somebody|speaker|person|people|who) (?:is|are|was|were) (?:really |truly )?(?:angry|happy|sad|calm|fearful|disgusted|surprised)\b/iu,
  /\b(?:true|real|actual|inner|hidden) (?:emotions?|feelings?)\b/iu,
  /\bdetects? (?:lies|emotions?|feelings?)\b/iu,
  /\bmind.?read/iu,
];

/** “Feel” is said only to deny it. */
const feeling = /\bfeel(?:s|ings?)?\b/iu;
const denial = /\b(?:not|never|nobody|no)\b|n[’']t\b/iu;

function filesBelow(folder: string, names: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => names.test(name))
    .map((name) => join(folder, name));
}

function linesOf(file: string): readonly string[] {
  return readFileSync(file, 'utf8').split('\n');
}

function offencesIn(lines: readonly string[]): readonly string[] {
  return lines.filter((line, index) => {
    const around = lines.slice(Math.max(0, index - 1), index + 1).join(' ');
    return (
      banned.some((pattern) => pattern.test(line)) || (feeling.test(line) && !denial.test(around))
    );
  });
}

it('speaks of what is expressed or perceived, never of what anybody feels', () => {
  expect(files.length).toBeGreaterThan(300);
  const offences = files.flatMap((file) =>
    offencesIn(linesOf(file)).map((line) => `${file}: ${line}`),
  );
  expect(offences).toEqual([]);
});

it.each(['The speaker is angry.', 'It detects lies.', 'How people feel', 'their true emotion'])(
  'would notice “%s”',
  (line) => {
    expect(offencesIn([line])).toEqual([line]);
  },
);

it('makes the same statements in the README as in the application', () => {
  const readme = readFileSync('README.md', 'utf8')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[_*]/gu, '');
  const missing = Object.values(statements).filter((text) => !readme.includes(text));
  expect(missing).toEqual([]);
});
