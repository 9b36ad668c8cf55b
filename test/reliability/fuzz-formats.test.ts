import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readAnnotations } from '#formats/annotation/read.ts';
import { annotationFormatIds, type AnnotationFormatId } from '#formats/annotation/registry.ts';
import { writeAnnotations } from '#formats/annotation/write.ts';
import { toErrorShape } from '#shared/contract/errors.ts';
import { bundleScript } from '../support/bundle-script.ts';
import { counts } from './support/counts.ts';

/** Damaged files of each parser that are read. */
const runs = counts(20_000, 1_000_000);
/** Each damaged Parquet file takes a thread of its own. */
const parquetRuns = Math.max(10, Math.round(runs / 1000));

const run = promisify(execFile);
const child = await bundleScript('test/reliability/support/reading-child.ts');

/** One of the text forms of Praat stands for all: they are one parser. */
const parsers = annotationFormatIds.filter((id) => !id.startsWith('textgrid-'));

async function sample(format: AnnotationFormatId): Promise<Uint8Array> {
  const item = { confidence: 0.5, labels: ['sad'], probabilities: [0.5], note: 'n' };
  const items = Array.from({ length: 4 }, (_, n) => ({
    ...item,
    ...{ start: n + 0.125, end: n + 0.75, label: ['sad "x"', '=1', 'ü', '<&>'][n] ?? '' },
  }));
  const tier = { name: 't', source: 'person' as const, annotator: 'Mia', items };
  const document = { recordings: [{ name: 'evil', seconds: 9, tiers: [tier] }] };
  return (await writeAnnotations(document, format)).bytes;
}

/** Places to cut, bytes to drop and bytes to put in; bytes that mean something in some format among them. */
const cuts = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.nat(40),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc
        .constantFrom('"', "'", '<', '&', '\n', '\t', ',', '-', 'NaN', '1e999', '-->', ']]>', '\0')
        .map((text) => new TextEncoder().encode(text)),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

describe.each(parsers)('%s', (format) => {
  const numRuns = format === 'parquet' ? parquetRuns : runs;
  it(
    `answers ${numRuns} damaged files with good rows and counted bad ones, or with a named reason`,
    { timeout: 60_000 + numRuns * 20 },
    async () => {
      const bytes = await sample(format);
      await fc.assert(
        fc.asyncProperty(cuts, async (made) => {
          const damaged = made.reduce((whole, { at, drop, put }) => {
            const from = Math.floor(at * whole.length);
            return Buffer.concat([whole.subarray(0, from), put, whole.subarray(from + drop)]);
          }, Buffer.from(bytes));
          try {
            const options = { format, badRows: 'leave out' } as const;
            const { document, rows, rejected } = await readAnnotations(damaged, 'evil', options);
            const items = document.recordings
              .flatMap(({ tiers }) => tiers)
              .flatMap((own) => own.items);
            const bad = rejected.reduce((sum, problem) => sum + problem.rows, 0);
            if (items.length + bad !== rows) throw new Error(`${items.length} + ${bad} of ${rows}`);
            if (!items.every(({ start, end }) => start >= 0 && end >= start && end <= 1e6)) {
              throw new Error('a time that is none');
            }
          } catch (error) {
            if (toErrorShape(error).code !== 'annotations-unreadable') throw error;
          }
        }),
        { numRuns },
      );
    },
  );
});

interface Reading {
  readonly path: string;
  readonly outcome: string;
  readonly cpuSeconds: number;
}

const bytes = 5 * 2 ** 20;
/** Runs of these have made parsers slow. */
const signs = ['a', '"', '<', '\n', '[', '0\t'];
const headings: Readonly<Partial<Record<AnnotationFormatId, string>>> = {
  csv: 'recording,start,end,label\n',
  audformat: 'file,start,end,emotion\n',
  vtt: 'WEBVTT\n\n',
  textgrid:
    'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n9\n<exists>\n1\n"IntervalTier"\n"t"\n0\n9\n9\n',
  eaf: '<ANNOTATION_DOCUMENT><HEADER TIME_UNITS="milliseconds"/><TIER TIER_ID="',
};

/** As many good segments as take so many bytes. */
async function goodFile(format: AnnotationFormatId): Promise<Uint8Array> {
  const write = async (count: number): Promise<Uint8Array> => {
    const items = Array.from({ length: count }, (_, n) => ({
      ...{ start: n / 10, end: n / 10 + 0.05, label: 'angry', confidence: 0.5 },
      ...{ labels: [], probabilities: [], note: '' },
    }));
    const tier = { name: 't', source: 'person' as const, annotator: 'Mia', items };
    const document = { recordings: [{ name: 'long', seconds: count / 10 + 1, tiers: [tier] }] };
    return (await writeAnnotations(document, format)).bytes;
  };
  const few = await write(1000);
  // Numbers grow longer: a little less than would fit.
  return write(Math.floor((900 * bytes) / few.length));
}

async function filesOf(format: AnnotationFormatId, folder: string): Promise<readonly string[]> {
  const endless = (sign: string): Uint8Array =>
    Buffer.from((headings[format] ?? '') + sign.repeat(Math.floor(bytes / sign.length)));
  const contents = [await goodFile(format), ...signs.map(endless)];
  return contents.map((content, index) => {
    const path = join(folder, `${format}-${index}`);
    writeFileSync(path, content);
    return path;
  });
}

describe('files of 5 MB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'undertone-long-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  // Parquet is compressed, so that 5 MB are millions of rows; its reader has a thread with bounds of its own.
  it.each(parsers.filter((id) => id !== 'parquet'))(
    'of %s are read or refused within a second of work, or ten times the plainest reading of the good one, and 256 MB',
    async (format) => {
      const paths = await filesOf(format, folder);
      const { stdout } = await run(process.execPath, [
        ...['--max-old-space-size=256', child],
        ...[format, ...paths],
      ]);
      const [first = '', ...lines] = stdout.trim().split('\n');
      const { plainSeconds } = JSON.parse(first) as { readonly plainSeconds: number };
      const readings = lines.map((line) => JSON.parse(line) as Reading);
      expect(readings.map(({ path }) => path)).toEqual(paths);
      expect(readings[0]?.outcome).toBe('read');
      const outcomes = new Set(readings.map(({ outcome }) => outcome));
      expect([...outcomes].filter((each) => each !== 'read')).toEqual(
        outcomes.size > 1 ? ['annotations-unreadable'] : [],
      );
      // On a machine so slow, or so busy, that a second is not much.
      const bound = Math.max(1, 10 * plainSeconds);
      expect(readings.filter(({ cpuSeconds }) => cpuSeconds > bound)).toEqual([]);
    },
    180_000,
  );
});
