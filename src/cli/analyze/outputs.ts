import { mkdir } from 'node:fs/promises';
import { extname, join, parse } from 'node:path';
import { emotionCsvSidecar } from '#formats/emotion-csv-sidecar.ts';
import { emotionCsv } from '#formats/emotion-csv.ts';
import { emotionJson, type AnalysedRecording } from '#formats/emotion-json.ts';
import { writeFileWhole } from '#files/write-whole.ts';

export const outputFormats = ['csv', 'json'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** Takes what was heard, recording by recording. */
export interface Output {
  readonly add: (recording: AnalysedRecording) => Promise<void>;
  readonly finish: () => Promise<void>;
}

interface Writing {
  readonly labels: readonly string[];
  readonly appVersion: string;
}

/** Where results go: the screen by default, one file where `-o` names one by its ending, else a folder. */
export function openOutput(
  target: string | undefined,
  formats: readonly OutputFormat[],
  writing: Writing,
): Output {
  if (target === undefined) return toScreen(formats[0] ?? 'csv', writing);
  const ending = outputFormats.find((format) => extname(target).toLowerCase() === `.${format}`);
  return ending ? toFile(target, ending, writing) : toFolder(target, formats, writing);
}

function toScreen(format: OutputFormat, { labels }: Writing): Output {
  const print = (text: string): void => {
    process.stdout.write(text);
  };
  let headed = false;
  return {
    add: (recording) => {
      if (format === 'json') print(`${emotionJson(recording)}\n`);
      else {
        const [header, ...chunks] = emotionCsv(recording.rows, labels);
        if (!headed) print(header ?? '');
        headed = true;
        chunks.forEach(print);
      }
      return Promise.resolve();
    },
    finish: () => Promise.resolve(),
  };
}

/** One file for all recordings, written when all are done: whole or not at all. */
function toFile(path: string, format: OutputFormat, writing: Writing): Output {
  const recordings: AnalysedRecording[] = [];
  return {
    add: (recording) => {
      recordings.push(recording);
      return Promise.resolve();
    },
    finish: () => write(path, format, recordings, writing),
  };
}

/** A file for each recording and format, there as soon as the recording is done. */
function toFolder(folder: string, formats: readonly OutputFormat[], writing: Writing): Output {
  return {
    add: async (recording) => {
      const { dir, base } = parse(recording.name);
      await mkdir(join(folder, dir), { recursive: true });
      for (const format of formats) {
        await write(join(folder, dir, `${base}.${format}`), format, [recording], writing);
      }
    },
    finish: () => Promise.resolve(),
  };
}

async function write(
  path: string,
  format: OutputFormat,
  recordings: readonly AnalysedRecording[],
  { labels, appVersion }: Writing,
): Promise<void> {
  if (format === 'json') {
    await writeFileWhole(
      path,
      recordings.map((recording) => `${emotionJson(recording)}\n`),
    );
    return;
  }
  const rows = recordings.flatMap((recording) => recording.rows);
  await writeFileWhole(path, emotionCsv(rows, labels));
  const about = emotionCsvSidecar({
    appVersion,
    exportedAt: new Date().toISOString(),
    ...summary(recordings),
  });
  await writeFileWhole(`${path}.json`, [about]);
}

function summary(recordings: readonly AnalysedRecording[]) {
  const models = new Map(recordings.map(({ model, track }) => [model, track]));
  return {
    rows: recordings.reduce((sum, { rows }) => sum + rows.length, 0),
    recordings: recordings.map(({ name, seconds, sha256, rows }) => ({
      name,
      sha256,
      seconds,
      rows: rows.length,
    })),
    models: Array.from(models, ([id, { labels, windowSeconds, hopSeconds }]) => ({
      id,
      labels,
      windowSeconds,
      hopSeconds,
    })),
  };
}
