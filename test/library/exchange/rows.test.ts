import { describe, expect, it } from 'vitest';
import { readAnnotations } from '#formats/annotation/read.ts';
import type { AnnotationFormatId } from '#formats/annotation/registry.ts';
import { findContent } from '#library/exchange/content.ts';
import { planImport, type ImportPlan } from '#library/exchange/plan-import.ts';

/** A row as a stranger may write it: times are text, so that they may be no numbers. */
type Row = readonly [start: string, end: string, label: string];

const sampleRate = 16_000;
const samples = 10 * sampleRate;
const good: readonly Row[] = [
  ['0', '1', 'angry'],
  ['1', '2', 'sad'],
];

/** What is wrong with a row, alone and among good ones. */
const wrong: Readonly<Record<string, readonly Row[]>> = {
  'no number': [['NaN', '1', 'angry']],
  'no number at the end': [['0', 'NaN', 'angry']],
  infinity: [['Infinity', 'Infinity', 'angry']],
  'minus infinity': [['-Infinity', '1', 'angry']],
  'a number beyond numbers': [['0', '1e999', 'angry']],
  'an absurd time': [['0', '1e300', 'angry']],
  negative: [['-1', '1', 'angry']],
  'wholly negative': [['-3', '-1', 'angry']],
  'an end before the start': [['5', '4', 'angry']],
  'past the end in part': [['9', '12', 'angry']],
  'past the end': [['11', '12', 'angry']],
  'at the end': [['10', '10', 'angry']],
  'a point': [['5', '5', 'angry']],
  'two points at once': [
    ['5', '5', 'angry'],
    ['5', '5', 'sad'],
  ],
  'an overlap': [
    ['3', '5', 'angry'],
    ['4', '6', 'sad'],
  ],
  'one within another': [
    ['3', '7', 'angry'],
    ['4', '5', 'sad'],
  ],
  'the same twice': [
    ['3', '4', 'angry'],
    ['3', '4', 'angry'],
  ],
  'the same time with other labels': [
    ['3', '4', 'angry'],
    ['3', '4', 'sad'],
  ],
  'an unknown label': [['3', '4', 'ironic']],
  'no label': [['3', '4', '']],
  'a control character': [['3', '4', 'a\u0007b']],
  'a label from right to left': [['3', '4', '\u202Eyrgna']],
  'a label of 10 kB': [['3', '4', 'x'.repeat(10_000)]],
  'a label of 20 kB': [['3', '4', 'x'.repeat(20_000)]],
  'less than a sample': [['3', '3.00001', 'angry']],
  'no time at all': [['', '', 'angry']],
  words: [['three', 'four', 'angry']],
  'a formula': [['3', '4', '=cmd()']],
  'a name of the language': [['3', '4', '__proto__']],
  'many at once': Array.from({ length: 200 }, (_, n): Row => [
    `${n % 7}`,
    `${(n % 5) + 1}`,
    'angry',
  ]),
};

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const milliseconds = (seconds: string): string =>
  seconds.trim() !== '' && Number.isFinite(Number(seconds))
    ? String(Number(seconds) * 1000)
    : seconds;

/** How each format says the rows. */
const writers: Readonly<Partial<Record<AnnotationFormatId, (rows: readonly Row[]) => string>>> = {
  csv: (rows) =>
    `recording,start,end,label\n${rows.map((row) => ['talk.wav', ...row].map(quote).join(',')).join('\n')}`,
  eaf: (rows) => {
    const slots = rows.flatMap(([start, end], n) =>
      [start, end].map(
        (time, side) =>
          `<TIME_SLOT TIME_SLOT_ID="t${n}.${side}" TIME_VALUE="${escape(milliseconds(time))}"/>`,
      ),
    );
    const annotations = rows.map(
      ([, , label], n) =>
        `<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a${n}" TIME_SLOT_REF1="t${n}.0" TIME_SLOT_REF2="t${n}.1"><ANNOTATION_VALUE>${escape(label)}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>`,
    );
    return `<ANNOTATION_DOCUMENT><HEADER TIME_UNITS="milliseconds"/><TIME_ORDER>${slots.join('')}</TIME_ORDER><TIER TIER_ID="emotion">${annotations.join('')}</TIER></ANNOTATION_DOCUMENT>`;
  },
  json: (rows) => {
    const number = (text: string): unknown =>
      text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
    const items = rows.map(([start, end, label]) => ({
      ...{ start: number(start), end: number(end), label },
      ...{ confidence: null, labels: [], probabilities: [], note: '' },
    }));
    const tiers = [{ name: 'emotion', source: 'person', annotator: '', items }];
    const recordings = [{ name: 'talk.wav', seconds: null, tiers }];
    return JSON.stringify({ format: 'undertone-annotations', version: 1, recordings });
  },
};

async function importText(text: string, format: AnnotationFormatId): Promise<ImportPlan> {
  const bytes = Buffer.from(text);
  const read = await readAnnotations(bytes, 'talk.x', { format, badRows: 'leave out' });
  const found = findContent([{ name: 'talk.x', read }]);
  const mapping = {
    recordings: found.recordings.map(() => 1),
    tiers: found.tiers.map(({ name }) => ({ kind: 'new', of: 'annotator', name }) as const),
    labels: found.labels.map(({ label }) =>
      label.trim() !== '' && label.length <= 60 ? label : null,
    ),
  };
  const sound = { sampleRate, channels: 1, samples, damaged: null, uncertainStartSeconds: 0 };
  const situation = {
    tiers: [],
    labels: ['angry', 'sad'],
    soundOf: () => sound,
    takenOn: () => [],
  };
  return planImport(found, mapping, situation, read.rejected);
}

/** XML itself has no such character, so that all of the file is refused. */
const isNoXml = (name: string, format: string): boolean =>
  format === 'eaf' && name === 'a control character';

describe.each(Object.entries(writers))('%s', (format, write) => {
  const cases = Object.entries(wrong).flatMap(([name, rows]) => [
    [name, rows] as const,
    [`${name}, among good rows`, [...good, ...rows]] as const,
  ]);

  it.each(cases.filter(([name]) => !isNoXml(name.split(',')[0] ?? '', format)))(
    'counts every row: %s',
    async (_, rows) => {
      const { segments, report } = await importText(write(rows), format as AnnotationFormatId);
      expect(report.rows).toBe(rows.length);
      expect(report.accepted + report.clamped + report.rejected).toBe(rows.length);
      const sum = (problems: typeof report.problems): number =>
        problems.reduce((total, problem) => total + problem.rows, 0);
      expect([sum(report.changes), sum(report.problems)]).toEqual([
        report.clamped,
        report.rejected,
      ]);
      for (const problem of report.problems) expect(problem.places.length).toBeGreaterThan(0);
      const sorted = segments.toSorted((a, b) => a.start - b.start);
      for (const [index, { start, end }] of sorted.entries()) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(samples);
        expect(sorted[index + 1]?.start ?? samples).toBeGreaterThanOrEqual(end);
      }
    },
  );

  it('takes a hundred thousand rows', async () => {
    const rows = Array.from({ length: 100_000 }, (_, n): Row => [
      String(n / 10_000),
      String((n + 1) / 10_000),
      'angry',
    ]);
    const { segments, report } = await importText(write(rows), format as AnnotationFormatId);
    expect(report.rows).toBe(100_000);
    expect(report.accepted + report.clamped + report.rejected).toBe(100_000);
    expect(segments.length).toBeGreaterThan(0);
  });
});
