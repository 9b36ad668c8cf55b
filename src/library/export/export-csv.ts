import { resolve } from 'node:path';
import { UndertoneError } from '#shared/contract/errors.ts';
import { toSeconds } from '#shared/domain/time.ts';
import {
  emotionCsvSidecar,
  type ExportedModel,
  type ExportedRecording,
} from '#formats/emotion-csv-sidecar.ts';
import { emotionCsv, unionOfLabels, type EmotionRow } from '#formats/emotion-csv.ts';
import type { LabelledSegment } from '../database/segments.ts';
import type { StoredRecording } from '../database/recordings.ts';
import type { StoredSound } from '../database/sounds.ts';
import { writeFileWhole } from '#files/write-whole.ts';
import type { Project } from '../project.ts';
import { distinctNames } from './distinct-names.ts';

interface Exported {
  /** Those that have at least one row. */
  readonly recordings: number;
  readonly rows: number;
}

/** A recording that has been read, so that its samples can be told in seconds. */
interface Source {
  readonly recording: StoredRecording;
  readonly sound: StoredSound;
  readonly name: string;
}

/**
 * Writes the segments of recordings as an emotion CSV, in the order given, and beside it
 * `<name>.csv.json` with where they come from.
 *
 * @throws UndertoneError `not-writable` or `disk-full`; what was there before is then unchanged
 */
export async function exportCsv(
  project: Project,
  recordings: readonly StoredRecording[],
  to: string,
  appVersion: string,
): Promise<Exported> {
  const path = resolve(to);
  if (project.recordings.findByPath(path)) {
    throw new UndertoneError('not-writable', { subject: path, detail: 'it is a recording' });
  }
  const sources = findSources(recordings);
  const labels = unionOfLabels(
    sources.flatMap(({ recording }) => project.segments.labelSets(recording.id)),
  );
  const written: ExportedRecording[] = [];
  const rows = readRows(project, sources, (recording) => written.push(recording));
  await writeFileWhole(path, emotionCsv(rows, labels));

  const count = written.reduce((sum, recording) => sum + recording.rows, 0);
  const about = emotionCsvSidecar({
    appVersion,
    exportedAt: new Date().toISOString(),
    rows: count,
    recordings: written,
    models: findModels(sources),
  });
  await writeFileWhole(`${path}.json`, [about]);
  return { recordings: written.length, rows: count };
}

function findSources(recordings: readonly StoredRecording[]): readonly Source[] {
  const names = distinctNames(recordings.map(({ path }) => path));
  return recordings.flatMap((recording) => {
    const { sound, path } = recording;
    return sound ? [{ recording, sound, name: names.get(path) ?? recording.name }] : [];
  });
}

/**
 * Rows of one recording after the other, read when their turn comes.
 *
 * @param onDone told of each recording that had rows, once they have all been given
 */
function* readRows(
  project: Project,
  sources: readonly Source[],
  onDone: (recording: ExportedRecording) => void,
): Generator<EmotionRow, void, undefined> {
  for (const source of sources) {
    const segments = project.segments.list(source.recording.id);
    for (const segment of segments) yield toRow(segment, source);
    if (segments.length === 0) continue;
    const { sha256, sound } = source.sound;
    const seconds = toSeconds(sound.samples, sound.sampleRate);
    onDone({ name: source.name, sha256, seconds, rows: segments.length });
  }
}

function toRow(segment: LabelledSegment, { name, sound }: Source): EmotionRow {
  const { sampleRate } = sound.sound;
  return {
    recording: name,
    start: toSeconds(segment.start, sampleRate),
    end: toSeconds(segment.end, sampleRate),
    label: segment.label,
    source: segment.source,
    confidence: segment.confidence,
    annotator: segment.annotator,
    model: segment.model,
    labels: segment.labels,
    probabilities: segment.probabilities,
  };
}

/** Each model once, with the settings of the analyses that it made. */
function findModels(sources: readonly Source[]): readonly ExportedModel[] {
  const models = sources.flatMap(({ recording: { analysis } }) =>
    analysis
      ? [
          {
            id: analysis.model,
            labels: analysis.labels,
            windowSeconds: analysis.windowSeconds,
            hopSeconds: analysis.hopSeconds,
          },
        ]
      : [],
  );
  return [...new Map(models.map((model) => [JSON.stringify(model), model])).values()];
}
