import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AnnotationItem } from '#formats/annotation/document.ts';
import { readAnnotations, type ReadAnnotations } from '#formats/annotation/read.ts';

const folder = 'test/fixtures/formats';

function readFixture(name: string): Promise<ReadAnnotations> {
  return readAnnotations(readFileSync(join(folder, name)), name);
}

/** `tier start-end label` of every item, with who said so. */
function tell({ document }: ReadAnnotations): readonly string[] {
  return document.recordings.flatMap(({ name, tiers }) =>
    tiers.flatMap((tier) =>
      tier.items.map(({ start, end, label, confidence, note }: AnnotationItem) =>
        [
          name,
          tier.name,
          tier.source,
          tier.annotator,
          start,
          end,
          label,
          confidence ?? '',
          note,
        ].join('|'),
      ),
    ),
  );
}

describe('Praat TextGrid', () => {
  const tiers = (name: string, last: readonly string[]): readonly string[] => [
    `${name}|emotion|person||0|0.5|neutral||`,
    `${name}|emotion|person||0.5|1.25|sounds "angry"||`,
    ...last.map((label) => `${name}|emotion|person||1.25|2.5|${label}||`),
    `${name}|Mia|person||0.1234567890123|2.5|calm\nsecond line||`,
    `${name}|beats|person||1.5|1.5|laugh||`,
    `${name}|beats|person||2|2|||`,
  ];

  it.each([
    ['praat-long', []],
    ['praat-short', []],
    ['praat-long-utf8', ['überrascht 怒り 😀']],
    ['praat-long-utf16', ['überrascht 怒り 😀']],
    ['praat-short-utf16', ['überrascht 怒り 😀']],
    ['praat-long-latin1', ['überrascht']],
  ])('%s.TextGrid as Praat wrote it', async (name, last) => {
    const read = await readFixture(`${name}.TextGrid`);
    expect(tell(read)).toEqual(tiers(name, last));
    expect(read.document.recordings[0]?.seconds).toBe(2.5);
    expect(read.losses).toEqual(
      name.includes('latin1') ? [expect.stringContaining('read as Latin-1')] : [],
    );
  });

  it.each([
    ['decimal commas', 'xmin = 0,25\n'],
    ['an equals sign that is not set apart', 'xmin =0.25 \n'],
    ['a comment', '! as heard\nxmin = 0.25\n'],
  ])('reads %s', async (_, line) => {
    const text = readFileSync(join(folder, 'praat-long.TextGrid'), 'utf8').replace(
      'xmin = 0.5 \n',
      line,
    );
    const read = await readAnnotations(Buffer.from(text), 'a.TextGrid');
    expect(tell(read)[1]).toBe('a|emotion|person||0.25|1.25|sounds "angry"||');
  });

  it('takes -0 for 0 and reads CRLF', async () => {
    const text = readFileSync(join(folder, 'praat-short.TextGrid'), 'utf8');
    const changed = text.replace('\n0\n', '\n-0\n').replaceAll('\n', '\r\n');
    const read = await readAnnotations(Buffer.from(changed), 'a.TextGrid');
    expect(tell(read)[0]).toBe('a|emotion|person||0|0.5|neutral||');
  });
});

describe('ELAN', () => {
  it('has tiers that depend on others, times that are not set, and the name of the recording', async () => {
    const read = await readFixture('elan.eaf');
    expect(tell(read)).toEqual([
      'my interview.wav|emotion|person|Mia|0.5|1.5|überrascht & <froh>||',
      'my interview.wav|emotion|person|Mia|1.5|2.5|||',
      'my interview.wav|emotion|person|Mia|2.5|4|angry||',
      'my interview.wav|words|person||2.5|3.25|so||',
      'my interview.wav|words|person||3.25|4|what||',
      'my interview.wav|gloss|person||3.25|4|WHAT||',
    ]);
    expect(read.document.recordings[0]?.tiers.map(({ name }) => name)).toContain('empty');
    expect(read.losses).toEqual([
      'Put evenly between their neighbours: 1 time that is not set in ELAN.',
      'Given shares of the time of those they refer to: 3 annotations without times of their own.',
    ]);
  });
});

describe('subtitles', () => {
  it.each(['ffmpeg.vtt', 'ffmpeg.srt'])('%s as FFmpeg wrote it', async (name) => {
    expect(tell(await readFixture(name))).toEqual([
      'ffmpeg|emotion|person||0.5|2|angry||',
      'ffmpeg|emotion|person||2|3603.25|überrascht\nsecond line||',
    ]);
  });

  it('reads voices as tiers, passes notes and styles over and tells of markup', async () => {
    const read = await readFixture('w3c.vtt');
    expect(tell(read)).toEqual([
      'w3c|Mia|person||1|4|sounds angry & loud||',
      'w3c|Tom Müller|person||3604|3605|calm||',
    ]);
    expect(read.losses).toEqual(['Left out: the markup of 1 subtitle.']);
  });
});

describe('Audacity, RTTM, Label Studio and audformat', () => {
  it('reads labels of Audacity, points and ranges of frequencies among them', async () => {
    const read = await readFixture('audacity.txt');
    expect(tell(read)).toEqual([
      'audacity|emotion|person||2.15|2.15|point||',
      'audacity|emotion|person||3.4|6.1|angry||',
      'audacity|emotion|person||7|8|||',
    ]);
    expect(read.losses).toEqual(['Left out: the ranges of frequencies of 1 label.']);
  });

  it('reads speakers of RTTM, and tells of other lines', async () => {
    const read = await readFixture('nist.rttm');
    expect(tell(read)).toEqual([
      'CMU_20020319-1400_d01_NONE|emotion|person||130.43|132.78|juliet||',
      'CMU_20020319-1400_d01_NONE|emotion|person||157.61|160.67|tbc|0.75|',
      'other|emotion|person||0|1.5|chek||',
    ]);
    expect(read.losses).toEqual(['Left out: 1 line of other kinds than SPEAKER.']);
  });

  it("reads Label Studio's annotations as a person's and its predictions as a model's", async () => {
    const read = await readFixture('label-studio.json');
    expect(read.format).toBe('label-studio');
    expect(read.document.recordings[0]?.seconds).toBe(12.5);
    expect(tell(read)).toEqual([
      'my interview.wav|emotion|person|Mia|0.5|2|angry||very sure',
      'my interview.wav|emotion (2)|model|ravdess-2|1|2.25|sad|0.8|',
    ]);
    expect(read.losses).toEqual(['Left out: 1 result without a label in time.']);
  });

  it('reads segmented tables of audformat with the times that pandas writes', async () => {
    const read = await readFixture('audformat.csv');
    expect(read.format).toBe('audformat');
    expect(tell(read)).toEqual([
      'audio/001.wav|emotion|person||0|1.5|anger|0.9|',
      'audio/001.wav|emotion|person||1.5|3602.123456789|happiness, calm||',
      'audio/002.wav|emotion|person||0.25|0.5|neutral|1|',
    ]);
    expect(read.losses).toEqual(['Left out: the columns speaker.']);
  });
});
