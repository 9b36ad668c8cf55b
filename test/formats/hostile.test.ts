import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnnotations, type ReadAnnotations } from '#formats/annotation/read.ts';
import { annotationFormatIds, type AnnotationFormatId } from '#formats/annotation/registry.ts';
import { writeAnnotations } from '#formats/annotation/write.ts';
import { toErrorShape, UndertoneError } from '#shared/contract/errors.ts';

const read = (text: string | Uint8Array, format: AnnotationFormatId): Promise<ReadAnnotations> =>
  readAnnotations(Buffer.from(text), 'evil.x', { format });

async function refusal(text: string | Uint8Array, format: AnnotationFormatId): Promise<string> {
  try {
    await read(text, format);
  } catch (error) {
    if (error instanceof UndertoneError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'taken';
}

const eaf = (body: string, prolog = ''): string =>
  `<?xml version="1.0"?>${prolog}<ANNOTATION_DOCUMENT><HEADER TIME_UNITS="milliseconds"/>${body}</ANNOTATION_DOCUMENT>`;
const eafTimes = (from: string, to: string): string =>
  eaf(
    `<TIME_ORDER><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="${from}"/><TIME_SLOT TIME_SLOT_ID="b" TIME_VALUE="${to}"/></TIME_ORDER>` +
      '<TIER TIER_ID="t"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="a" TIME_SLOT_REF2="b"><ANNOTATION_VALUE>x</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>',
  );
const grid = (intervals: string, count = 1): string =>
  `File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n9\n<exists>\n1\n"IntervalTier"\n"t"\n0\n9\n${count}\n${intervals}`;

describe('XML', () => {
  const laughs = Array.from(
    { length: 10 },
    (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`,
  );
  it.each([
    [
      'an entity of a file',
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
      '<TIER TIER_ID="&x;"/>',
    ],
    ['an entity from the network', '<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd">', ''],
    ['a parameter entity', '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>', ''],
    [
      'a billion laughs',
      `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs.join('')}]>`,
      '<TIER TIER_ID="&l10;"/>',
    ],
    ['quadratic blow-up', `<!DOCTYPE a [<!ENTITY x "${'x'.repeat(50_000)}">]>`, '&x;'.repeat(5000)],
    ['a name that is a pattern', '<!DOCTYPE a [<!ENTITY l. "x">]>', '&lt;'],
  ])('refuses %s before it is parsed', async (_, doctype, body) => {
    expect(await refusal(eaf(body, doctype), 'eaf')).toContain('line 1: it has a document type');
  });

  it('refuses a document type in UTF-16, too', async () => {
    const text = eaf('', '<!DOCTYPE a>');
    expect(await refusal(Buffer.from(`\uFEFF${text}`, 'utf16le'), 'eaf')).toContain(
      'document type',
    );
  });

  it.each([
    ['unknown entities', eaf('<TIER TIER_ID="&x;"/>'), /line 1: .*entity/],
    ['deep nesting', eaf('<a>'.repeat(100_000)), /65 deep/],
    ['elements left open', eaf('<TIER TIER_ID="t">'), /line 1/],
    ['other XML', '<html></html>', /begins with html/],
    ['UTF-7', '+ADw-ANNOTATION_DOCUMENT/>', /line 1/],
    ['frames', eaf('').replace('milliseconds', 'PAL-frames'), /line 1: times are in PAL-frames/],
    [
      'slots that are not there',
      eafTimes('1', '2').replace('REF2="b"', 'REF2="c"'),
      /line 1: it has a time slot that is not there \(c\)/,
    ],
    ['negative times', eafTimes('-1', '2'), /line 1: it starts before/],
    [
      'times that are no numbers',
      eafTimes('NaN', '2'),
      /line 1: the start and the end must be numbers/,
    ],
    ['absurd times', eafTimes('0', '1e308'), /line 1: no recording is that long/],
    ['ends before starts', eafTimes('2', '1'), /line 1: it ends/],
    [
      'circles',
      eaf(
        '<TIER TIER_ID="t"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a1" ANNOTATION_REF="a1"/></ANNOTATION></TIER>',
      ),
      /without end/,
    ],
    [
      'twins',
      eaf(
        `<TIER TIER_ID="t">${'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a1" ANNOTATION_REF="a2"/></ANNOTATION>'.repeat(2)}</TIER>`,
      ),
      /there twice/,
    ],
  ])('refuses %s', async (_, text, reason) => {
    expect(await refusal(text, 'eaf')).toMatch(reason);
  });
});

describe('times, numbers and texts', () => {
  it.each<readonly [AnnotationFormatId, string, RegExp]>([
    ['textgrid', grid('0\n1e308\n"x"'), /line 13: no recording is that long \(1e\+308 s\)/],
    ['textgrid', grid('-5\n1\n"x"'), /line 13: it starts before/],
    ['textgrid', grid('2\n1\n"x"'), /line 13: it ends/],
    ['textgrid', grid('NaN\n1\n"x"'), /line 15: a number should be where "x" is/],
    ['textgrid', grid('0\n1\n"x'), /line 15: a text begins here that does not end/],
    ['textgrid', grid('0\n1\n"x"', 1e9), /line 15: the file ends/],
    ['textgrid', grid('0\n1\n"\0"'), /line 15: this is not text/],
    ['textgrid', grid('0\n1\n"\u0007"'), /line 13: .*control characters/],
    ['textgrid', grid(`0\n1\n"${'x'.repeat(50_000)}"`), /line 15: .*too long/],
    ['textgrid', 'File type = "ooTextFile"\nObject class = "Sound"', /line 2: it holds "Sound"/],
    ['json', `\n${'['.repeat(100_000)}`, /line 2: values are more than 64 deep/],
    ['label-studio', '{"a":'.repeat(100_000), /line 1: values are more than 64 deep/],
    ['json', `"${'['.repeat(100)}`, /line 1: this is not JSON/],
    [
      'textgrid',
      readFileSync('test/fixtures/formats/praat-binary.TextGrid', 'latin1'),
      /binary form of Praat/,
    ],
    ['audacity', '0\t1\tok\nInfinity\t2\tx', /line 2: the start and the end must be numbers/],
    ['audacity', '-1\t2\tx', /line 1: it starts before/],
    ['audacity', '1 2 x', /line 1: .*tabs/],
    ['rttm', 'SPEAKER a 1 1e308 1e308 <NA> <NA> x <NA>', /line 1/],
    ['rttm', 'SPEAKER a 1 5 -1 <NA> <NA> x <NA>', /line 1: the start and the end/],
    ['rttm', 'SPEAKER a 1 0 1 <NA> <NA> x 7', /line 1: confidence/],
    ['rttm', 'SPEAKER', /line 1/],
    ['vtt', 'hello', /line 1: the file does not begin with WEBVTT/],
    ['vtt', 'WEBVTT\n\n99:99:99.000 --> 1:0\nx', /line 3: these are no times \(99:99/],
    ['srt', 'hello', /it holds no subtitles/],
    ['rttm', 'hello world', /line 1: this is no kind of line \(hello\)/],
    ['srt', '1\n00:00:05,000 --> 00:00:01,000\nx', /line 2: it ends/],
    ['srt', '1\n9999:00:00,000 --> 9999:00:01,000\nx', /line 2: no recording/],
    ['json', '{"recordings":', /line 1: this is not JSON/],
    ['json', '{"format":"undertone-annotations","version":9,"recordings":[]}', /version/],
    ['json', '{"recording":"a"}', /line 1/],
    ['label-studio', '[{"data":{},"annotations":[{"result":"x"}]}]', /annotations/],
    [
      'label-studio',
      '[{"data":{},"annotations":[{"result":[{"value":{"start":-1,"end":2,"labels":["x"]}}]}]}]',
      /task 1, annotation 1, result 1: it starts before/,
    ],
    ['csv', 'recording,start,end\na,0,1', /line 1: these columns are missing: label/],
    ['csv', 'recording,start,end,label\na,NaN,1,x\na,0,1e999,x', /row 1: .*row 2: /],
    ['audformat', 'file,start,end,emotion\na,0 days,NaT,x', /row 1/],
    ['audformat', 'file,start,end,emotion\na,0 days,"1', /quote is not closed/],
    ['parquet', 'PAR1 no PAR1', /no Parquet file/],
  ])('%s: %j', async (format, text, reason) => {
    const said = await refusal(text, format);
    expect(said).toContain('annotations-unreadable: The annotations in evil.x cannot be read');
    expect(said).toMatch(reason);
  });

  it('names every row that is wrong, at most five, and counts the others', async () => {
    const lines = Array.from({ length: 12 }, () => '5\t1\tx').join('\n');
    expect(await refusal(lines, 'audacity')).toMatch(/line 1: .*line 5: .*; and 7 more like these/);
  });

  it('guards formulas of any file when they become cells, and takes the guard off again', async () => {
    const { document } = await read("0\t1\t=cmd|' /C calc'!A0\n1\t2\t@SUM(A1)", 'audacity');
    for (const format of ['csv', 'audformat'] as const) {
      const { bytes } = await writeAnnotations(document, format);
      const cells = new TextDecoder().decode(bytes).split(/[,\r\n]+/u);
      expect(cells.filter((cell) => /^"?[=+\-@]/u.test(cell))).toEqual([]);
      expect(cells.filter((cell) => cell.startsWith("'"))).toHaveLength(2);
      const again = await read(bytes, format);
      expect(again.document.recordings[0]?.tiers[0]?.items[0]?.label).toBe("=cmd|' /C calc'!A0");
    }
  });
});

describe.each(annotationFormatIds)('%s', (format) => {
  it('refuses what is longer than any annotation is, at once', async () => {
    const said = await refusal(Buffer.alloc(100 * 2 ** 20, 'a'), format);
    expect(said).toContain('it is 100 MB long');
  });

  it.each(['a', '"', '<', '0 ', '\n', '[', '&', '<v ', "'"])(
    'reads or refuses a long run of %j',
    async (sign) => {
      const text = sign.repeat(100_000);
      for (const heading of ['', 'WEBVTT\n\n', 'file,start,end,emotion\n']) {
        expect(await refusal(heading + text, format)).toMatch(/taken|annotations-unreadable/u);
      }
    },
  );

  it('refuses bytes that are no text, and Unicode cut in half', async () => {
    for (const bytes of [
      [0xc3, 0x28],
      [0xff, 0xfe, 0x00],
      [0xff, 0xfe, 0x00, 0xd8],
      [0x80, 0x00],
    ]) {
      expect(await refusal(Buffer.from(bytes), format)).toContain('annotations-unreadable');
    }
  });

  // Each file of Parquet takes a thread; damage to it has a test of its own.
  it.skipIf(format === 'parquet')(
    'answers any damage to a file with a document or a named reason',
    async () => {
      const tier = { name: 't', source: 'person' as const, annotator: 'Mia' };
      const item = {
        start: 0.5,
        end: 2,
        label: 'sad "x"',
        confidence: 0.5,
        labels: ['sad'],
        probabilities: [0.5],
        note: '',
      };
      const items = Array.from({ length: 5 }, (_, n) => ({ ...item, start: n, end: n + 1 }));
      const { bytes } = await writeAnnotations(
        { recordings: [{ name: 'evil', seconds: 9, tiers: [{ ...tier, items }] }] },
        format,
      );
      const cut = fc.record({
        at: fc.nat(bytes.length - 1),
        drop: fc.nat(40),
        put: fc.uint8Array({ maxLength: 6 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 3 }), async (cuts) => {
          const damaged = cuts.reduce(
            (whole, { at, drop, put }) =>
              Buffer.concat([whole.subarray(0, at), put, whole.subarray(at + drop)]),
            Buffer.from(bytes),
          );
          try {
            const { document } = await readAnnotations(damaged, 'evil', { format });
            for (const { start, end } of document.recordings.flatMap(({ tiers }) =>
              tiers.flatMap((own) => own.items),
            )) {
              expect(start).toBeGreaterThanOrEqual(0);
              expect(end).toBeGreaterThanOrEqual(start);
            }
          } catch (error) {
            expect(toErrorShape(error)).toMatchObject({ code: 'annotations-unreadable' });
          }
        }),
        { numRuns: 300 },
      );
    },
  );
});

describe('Parquet', () => {
  it('is given up where damage sends its reader in circles', async () => {
    const said = await refusal(readFileSync('test/fixtures/formats/endless.parquet'), 'parquet');
    expect(said).toContain('it is no Parquet file that can be read');
  });
});
