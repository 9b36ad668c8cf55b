import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emotionCsvSidecar } from '#formats/emotion-csv-sidecar.ts';
import { parseEmotionCsv } from '#formats/emotion-csv-reader.ts';
import { emotionCsv, unionOfLabels, type EmotionRow } from '#formats/emotion-csv.ts';

const predicted: EmotionRow = {
  recording: 'interview.wav',
  start: 0.5,
  end: 2.000063,
  label: 'angry',
  source: 'model',
  confidence: 0.8125,
  annotator: '',
  model: 'ravdess-1',
  labels: ['neutral', 'angry'],
  probabilities: [0.1875, 0.8125],
};
const labelled: EmotionRow = {
  ...predicted,
  label: 'no speech',
  source: 'person',
  confidence: 1,
  annotator: 'Mia',
  model: '',
  labels: [],
  probabilities: [],
};

function write(rows: readonly EmotionRow[]): string {
  return [...emotionCsv(rows, unionOfLabels(rows.map((row) => row.labels)))].join('');
}

describe('emotionCsv', () => {
  it('writes the columns of the schema, six decimals, and a return and a feed after every line', () => {
    expect(write([predicted, labelled])).toBe(
      [
        'recording,start,end,label,source,confidence,annotator,model,p_neutral,p_angry',
        'interview.wav,0.500000,2.000063,angry,model,0.812500,,ravdess-1,0.187500,0.812500',
        'interview.wav,0.500000,2.000063,no speech,person,1.000000,Mia,,,',
        '',
      ].join('\r\n'),
    );
  });

  it('unites the columns of models that know different labels', () => {
    const other = { ...predicted, labels: ['angry', 'bored'], probabilities: [0.25, 0.75] };
    const lines = write([predicted, other]).split('\r\n');
    expect(lines[0]?.split(',').slice(8)).toEqual(['p_neutral', 'p_angry', 'p_bored']);
    expect(lines[1]?.split(',').slice(8)).toEqual(['0.187500', '0.812500', '']);
    expect(lines[2]?.split(',').slice(8)).toEqual(['', '0.250000', '0.750000']);
  });

  it('writes only the heading where there are no rows', () => {
    expect(write([])).toBe('recording,start,end,label,source,confidence,annotator,model\r\n');
  });

  it('comes in pieces, so that its length does not matter', () => {
    const rows = Array.from({ length: 100_000 }, () => predicted);
    const pieces = [...emotionCsv(rows, predicted.labels)];
    expect(pieces.length).toBe(101);
    expect(pieces.join('').split('\r\n').length).toBe(100_002);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '\0x', '＝1', "'=1", "''-1"])(
    'writes %j so that no spreadsheet takes it for a formula, and reads it back',
    (text) => {
      const row = { ...labelled, recording: text, label: text, annotator: text, model: text };
      const csv = write([row]);
      const cells = csv.split('recording,start,end,label,source,confidence,annotator,model\r\n')[1];
      expect(cells).toMatch(/^"?'/u);
      expect(parseEmotionCsv(csv).rows).toEqual([row]);
    },
  );
});

describe('parseEmotionCsv', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', ' ', "'", '=', '-', '\t', ';', 'a') }),
    fc.constantFrom('=cmd|calc', '-1', 'p_angry', 'Ärger', '__proto__', '怒り', '\u202Eabc'),
  );
  const named = text.filter((value) => value !== '');
  const micros = (max: number): fc.Arbitrary<number> =>
    fc.integer({ min: 0, max: max * 1e6 }).map((value) => value / 1e6);
  const row = fc
    .record({
      recording: named,
      start: micros(40_000),
      length: micros(100).map((value) => value + 1),
      label: named,
      source: fc.constantFrom('model' as const, 'person' as const),
      confidence: micros(1),
      annotator: text,
      model: text,
      known: fc.uniqueArray(fc.tuple(named, micros(1)), { selector: ([label]) => label }),
    })
    .map(({ length, known, ...rest }): EmotionRow => ({
      ...rest,
      end: Math.round((rest.start + length) * 1e6) / 1e6,
      labels: known.map(([label]) => label),
      probabilities: known.map(([, probability]) => probability),
    }));
  /** Columns are in the order of the file; a row's own order is not kept. */
  const sorted = ({ labels, probabilities, ...rest }: EmotionRow): unknown => ({
    ...rest,
    known: labels.map((label, index) => [label, probabilities[index]]).sort(),
  });

  it('gives back what emotionCsv wrote: unicode, quotes, newlines, formulas, any label set', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
        const content = parseEmotionCsv(write(rows));
        expect(content.rejected).toEqual([]);
        expect(content.rows.map(sorted)).toEqual(rows.map(sorted));
      }),
      { numRuns: 500 },
    );
  });

  it('accounts for every row of any text, and never throws', () => {
    const heading = 'recording,start,end,label\r\n';
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (body) => {
        const content = parseEmotionCsv(heading + body);
        expect(content.missingColumns).toEqual([]);
        for (const { start, end } of content.rows) expect(end).toBeGreaterThan(start);
      }),
    );
  });

  it('reads four columns in any order, with a byte order mark and plain line feeds', () => {
    const content = parseEmotionCsv('\uFEFFlabel,end,start,recording\nsad,2,1.5,"a, b.wav"\n');
    expect(content.rows).toEqual([
      {
        recording: 'a, b.wav',
        start: 1.5,
        end: 2,
        label: 'sad',
        source: 'person',
        confidence: 1,
        annotator: '',
        model: '',
        labels: [],
        probabilities: [],
      },
    ]);
  });

  it('names each row that it leaves out, with the reason', () => {
    const content = parseEmotionCsv(
      [
        'recording,start,end,label,source,confidence,p_sad',
        'a.wav,0,1,sad,model,0.5,0.5',
        'a.wav,zero,1,sad,model,0.5,0.5',
        'a.wav,2,1,sad,model,0.5,0.5',
        'a.wav,-1,1,sad,model,0.5,0.5',
        ',0,1,sad,model,0.5,0.5',
        'a.wav,0,1,,model,0.5,0.5',
        'a.wav,0,1,sad,robot,0.5,0.5',
        'a.wav,0,1,sad,model,7,0.5',
        'a.wav,0,1,sad,model,0.5,many',
        'a.wav,0',
      ].join('\n'),
    );
    expect(content.rows).toHaveLength(1);
    expect(content.rejected.map(({ row: number }) => number)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(content.rejected.map(({ reason }) => reason)).size).toBe(7);
  });

  it.each(['', 'hello', 'recording;start;end;label'])('says what %j lacks', (broken) => {
    const content = parseEmotionCsv(broken);
    expect(content.rows).toEqual([]);
    expect(content.missingColumns).toEqual(['recording', 'start', 'end', 'label']);
  });
});

describe('emotionCsvSidecar', () => {
  it('names models, data and settings, and says that expression is not feeling', () => {
    const about = {
      appVersion: '1.2.3',
      exportedAt: '2026-08-01T10:00:00.000Z',
      rows: 2,
      recordings: [{ name: 'a.wav', sha256: 'ab', seconds: 3, uncertainStartSeconds: 0, rows: 2 }],
      models: [
        { id: 'ravdess-1', labels: ['sad'], windowSeconds: 2.5, hopSeconds: 0.5, unsureBelow: 0.4 },
      ],
    };
    const text = emotionCsvSidecar(about);
    expect(JSON.parse(text)).toMatchObject(about);
    expect(text).toContain('It does not know what anyone feels.');
  });
});
