import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { parseEmotionCsv } from '#formats/emotion-csv-reader.ts';
import type { EmotionRow } from '#formats/emotion-csv.ts';
import type { AnalysedRecording } from '#formats/emotion-json.ts';
import { csvHeading, csvLines } from '#formats/tables/csv-table.ts';
import { emotionTable, type EmotionTable } from '#formats/tables/emotion-tables.ts';
import { parquetTable } from '#formats/tables/parquet-table.ts';
import type { Column, Row } from '#formats/tables/table.ts';

const labels = ['angry', 'sad'];

function row(start: number, end: number, label: string): EmotionRow {
  return {
    recording: '=müller, "1".wav',
    start,
    end,
    label,
    source: 'model',
    confidence: 0.75,
    annotator: '',
    model: 'm-1',
    labels: label === 'no speech' ? [] : labels,
    probabilities: label === 'no speech' ? [] : [0.75, 0.25],
  };
}

const recording: AnalysedRecording = {
  name: '=müller, "1".wav',
  sha256: 'a'.repeat(64),
  seconds: 4.25,
  uncertainStartSeconds: 0,
  model: 'm-1',
  rows: [
    row(0, 1, 'angry'),
    row(1, 2, 'no speech'),
    row(2, 2.5, 'angry'),
    row(2.5, 3, 'sad'),
    row(3, 4, 'unsure'),
    row(4, 4.25, 'sad'),
  ],
  track: {
    labels,
    hopSeconds: 1,
    windowSeconds: 2.5,
    cells: 5,
    probabilities: Float32Array.of(0.75, 0.25, 0, 0, 0.75, 0.25, 0.375, 0.625, 0.25, 0.75),
    speech: Float32Array.of(1, 0, 1, 1, 0.5),
  },
  unsureBelow: 0.65,
};

const csvOf = ({ columns, rowsOf }: EmotionTable): string =>
  csvHeading(columns) + csvLines(columns, rowsOf(recording));

async function parquetOf(columns: readonly Column[], batches: readonly (readonly Row[])[]) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of parquetTable(columns, batches)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function read(bytes: Buffer): Promise<Record<string, unknown>[]> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return parquetReadObjects({ file: file as ArrayBuffer });
}

describe('emotionTable', () => {
  it('has a row a window that reads as emotion CSV, unsure and no speech included', () => {
    const text = csvOf(emotionTable('window', labels));
    const { rows, rejected } = parseEmotionCsv(text);
    expect(rejected).toEqual([]);
    expect(rows.map(({ start, end, label }) => [start, end, label])).toEqual([
      [0, 1, 'angry'],
      [1, 2, 'no speech'],
      [2, 3, 'angry'],
      [3, 4, 'unsure'],
      [4, 4.25, 'sad'],
    ]);
    expect(rows[3]).toMatchObject({ confidence: 0.625, probabilities: [0.375, 0.625], labels });
    expect(text.split('\r\n')[2]).toBe(
      `"'=müller, ""1"".wav",1.000000,2.000000,no speech,model,1.000000,,m-1,,,0.000000`,
    );
  });

  it('has one row a recording: shares of speech, mean probabilities, transitions', async () => {
    const { columns, rowsOf } = emotionTable('recording', labels);
    const [read1] = await read(await parquetOf(columns, [rowsOf(recording)]));
    expect(read1).toEqual({
      recording: '=müller, "1".wav',
      seconds: 4.25,
      speech_seconds: 3.25,
      model: 'm-1',
      label: 'angry',
      share_angry: 0.461538,
      share_sad: 0.230769,
      share_unsure: 0.307692,
      p_angry: 0.571429,
      p_sad: 0.428571,
      transitions: 3,
      transition_counts: '{"angry > sad":1,"sad > unsure":1,"unsure > sad":1}',
    });
  });

  it('leaves shares and probabilities empty where nobody speaks', () => {
    const { columns, rowsOf } = emotionTable('recording', labels);
    const silent = {
      ...recording,
      rows: [row(0, 4.25, 'no speech')],
      track: {
        ...recording.track,
        probabilities: new Float32Array(10),
        speech: new Float32Array(5),
      },
    };
    expect(csvLines(columns, rowsOf(silent))).toBe(
      `"'=müller, ""1"".wav",4.250000,0.000000,m-1,,,,,,,0,{}\r\n`,
    );
  });
});

describe('a table of what somebody labelled', () => {
  const own = (start: number, end: number, label: string): EmotionRow => ({
    ...row(start, end, label),
    ...{
      source: 'person',
      annotator: 'Ann',
      model: '',
      labels: [],
      probabilities: [],
      confidence: 1,
    },
  });
  const labelled = {
    name: 'a.wav',
    seconds: 4.25,
    annotator: 'Ann',
    rows: [own(0.5, 1.75, 'amused'), own(1.75, 2, 'no speech'), own(4, 4.25, 'sad')],
    hopSeconds: 1,
  };
  const all = ['angry', 'sad', 'amused'];

  it('stands in the steps of the model, where there is a label', () => {
    const { columns, rowsOfLabels } = emotionTable('window', all, 'anybody');
    const text = csvHeading(columns) + csvLines(columns, rowsOfLabels(labelled));
    const { rows, rejected } = parseEmotionCsv(text);
    expect(rejected).toEqual([]);
    expect(rows.map(({ start, end, label, annotator }) => [start, end, label, annotator])).toEqual([
      [0, 1, 'amused', 'Ann'],
      [1, 2, 'amused', 'Ann'],
      [4, 4.25, 'sad', 'Ann'],
    ]);
    expect(rowsOfLabels(labelled).map((cells) => cells.at(-1))).toEqual([0.5, 0.75, 1]);
  });

  it('says of whole recordings whose it is, and stands beside what a model heard', async () => {
    const { columns, rowsOf, rowsOfLabels } = emotionTable('recording', all, 'anybody');
    const both = await read(await parquetOf(columns, [rowsOf(recording), rowsOfLabels(labelled)]));
    expect(both).toEqual([
      expect.objectContaining({
        source: 'model',
        annotator: '',
        share_amused: 0,
        p_angry: 0.571429,
      }),
      expect.objectContaining({
        ...{ source: 'person', annotator: 'Ann', model: '', label: 'amused', speech_seconds: 1.5 },
        ...{ share_amused: 0.833333, share_sad: 0.166667, share_angry: 0, transitions: 1 },
      }),
    ]);
    expect(both[1]).toMatchObject({ p_angry: null });
  });

  it('has a column for each label of all models, which those that lack it leave empty', () => {
    const { rowsOf } = emotionTable('recording', ['bored', ...labels]);
    const [cells = []] = rowsOf(recording);
    expect(cells.slice(5, 9)).toEqual([
      0,
      expect.closeTo(0.4615, 4),
      expect.closeTo(0.2308, 4),
      expect.closeTo(0.3077, 4),
    ]);
    expect(cells.slice(9, 12)).toEqual([
      null,
      expect.closeTo(0.5714, 4),
      expect.closeTo(0.4286, 4),
    ]);
  });
});

describe('parquetTable', () => {
  const columns: readonly Column[] = [
    { name: 'text', kind: 'text' },
    { name: 'number', kind: 'number' },
    { name: 'integer', kind: 'integer' },
  ];
  const anyRow = fc.tuple(
    fc.option(fc.string({ unit: 'grapheme' })),
    fc.option(fc.double({ noNaN: true, min: -1e9, max: 1e9 })),
    fc.option(fc.integer()),
  );

  it('reads back as written, to six decimals, and is the same bytes however rows arrive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 50 }), fc.nat(50), async (rows, cut) => {
        const whole = await parquetOf(columns, [rows]);
        expect(await parquetOf(columns, [rows.slice(0, cut), rows.slice(cut)])).toEqual(whole);
        const expected = rows.map(([text, number, integer]) => ({
          text,
          number: number === null ? null : Number(number.toFixed(6)) + 0,
          integer,
        }));
        expect(await read(whole)).toEqual(expected);
      }),
    );
  });

  it('has row groups that keep memory bounded', async () => {
    const many = Array.from({ length: 120_000 }, (_, index): Row => [
      `r${index}`,
      index / 7,
      index,
    ]);
    const rows = await read(await parquetOf(columns, [many]));
    expect(rows).toHaveLength(120_000);
    expect(rows[119_999]).toEqual({ text: 'r119999', number: 17142.714286, integer: 119_999 });
  });
});
